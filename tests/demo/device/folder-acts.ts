import type { Device } from './acts.ts';

const parent = 'From my phone';
const names = ['Recipes', 'Bicycle', 'Summer', 'To read', 'Garden', 'Concerts', 'Boat', 'Présents', 'Wohnung', '旅行'];
const most = 5;

/** Only folders that this device made itself are ever renamed or deleted. */
async function ownFolders({ imap }: Device): Promise<string[]> {
  const all = await imap.list();
  return all.map(({ path }) => path).filter((path) => path.startsWith(`${parent}/`));
}

async function freeName(device: Device, taken: string[]): Promise<string | null> {
  const free = names.map((name) => `${parent}/${name}`).filter((path) => !taken.includes(path));
  return free.length > 0 ? device.random.pick(free) : null;
}

export async function makeFolder(device: Device): Promise<string | null> {
  const own = await ownFolders(device);
  const path = own.length < most ? await freeName(device, own) : null;
  if (!path) return null;
  await device.imap.mailboxCreate(path);
  await device.imap.mailboxSubscribe(path);
  return `makes the folder  ${path}`;
}

export async function renameFolder(device: Device): Promise<string | null> {
  const own = await ownFolders(device);
  const path = await freeName(device, own);
  if (own.length === 0 || !path) return null;
  const old = device.random.pick(own);
  await leave(device);
  await device.imap.mailboxRename(old, path);
  await device.imap.mailboxUnsubscribe(old);
  await device.imap.mailboxSubscribe(path);
  return `renames the folder  ${old} to ${path}`;
}

export async function deleteFolder(device: Device): Promise<string | null> {
  const own = await ownFolders(device);
  if (own.length < 2) return null;
  const path = device.random.pick(own);
  await leave(device);
  await device.imap.mailboxDelete(path);
  await device.imap.mailboxUnsubscribe(path);
  return `deletes the folder  ${path}`;
}

/** A selected mailbox is not renamed or deleted under oneself. */
async function leave({ imap }: Device): Promise<void> {
  await imap.mailboxOpen('INBOX');
}
