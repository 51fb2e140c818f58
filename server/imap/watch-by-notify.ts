import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import {
  atom,
  execCommand,
  listOf,
  mailboxName,
  mailboxNameOf,
  onResponseCode,
  onUntagged,
  textOf,
} from './protocol.ts';
import type { Token } from './protocol.ts';
import { armedClient } from './armed-client.ts';
import { listOn } from './list-mailboxes.ts';
import type { WatchContext } from './watch.ts';
import { watchTiming } from './watch-timing.ts';

const messageEvents = [atom('MessageNew'), atom('MessageExpunge'), atom('FlagChange')];

/** A look at all mailboxes costs by their number: with more than this it is taken not every round. */
const listedPerRound = 50;
/** After something was told it is taken sooner, but so many milliseconds for each mailbox after the one before. */
const msPerListed = 50;

/** Of mailboxes beyond this many that others share, each look at all mailboxes tells. */
const maxShared = 200;

/**
 * RFC 5465 section 5: the selected mailbox and all personal ones, messages and names; and messages of those that others share, each by its
 * name, as Dovecot 2.3 tells nothing of a subtree that is not the person's own.
 */
function notifySet(client: ImapFlow, shared: readonly MailboxPath[]): Token[] {
  const named = shared.slice(0, maxShared).map((path) => mailboxName(client, path));
  return [
    atom('SET'),
    [atom('selected'), messageEvents],
    [atom('personal'), [...messageEvents, atom('MailboxName'), atom('SubscriptionChange')]],
    ...(named.length > 0 ? [[atom('mailboxes'), named, messageEvents]] : []),
  ];
}

/** Those of other people and of everybody (RFC 2342). */
function sharedOf(client: ImapFlow, mailboxes: readonly Mailbox[]): MailboxPath[] {
  const { other, shared } = client.namespaces ?? {};
  const prefixes = [...(other || []), ...(shared || [])].map(({ prefix }) => prefix).filter(Boolean);
  return mailboxes
    .filter(({ path, selectable }) => selectable && prefixes.some((prefix) => path.startsWith(prefix)))
    .map(({ path }) => path);
}

/**
 * Watches by NOTIFY with IDLE on top (without IDLE Dovecot loses half of it) until the connection closes. Answers false
 * when the server advertises NOTIFY but refuses it; nothing was started then. Once names stopped moving another connection takes over: a
 * connection opened in the moment of a rename may make Dovecot 2.3 begin its list index anew ("Corrupted mailbox list index"), and those
 * that stand keep the old list for good, and tell nothing of what happens from then on.
 */
export async function watchByNotify(context: WatchContext, onStarted: () => void): Promise<boolean> {
  const { client, signal } = context;
  /** Unix milliseconds since which something was told that SET must be said again for. */
  let stirredAt: number | null = null;
  let haveNamesMoved = false;
  /** All mailboxes are looked at once more soon: what comes just after SET or a look is told by nobody. */
  let isLookedAtAgain = true;
  /** What this connection lists may be old since names moved. */
  let isDoubtful = context.isRenewed;
  /** Unix milliseconds at which another takes its place for that, and at the latest. */
  let outdatedAt = Infinity;
  let outdatedNoLater = Infinity;
  /** Unix milliseconds at which all mailboxes are looked at next, and before which that would cost too much. */
  let listAt = 0;
  let listNoSooner = 0;
  const poke: WatchContext['poke'] = (told) => {
    stirredAt ??= Date.now();
    haveNamesMoved ||= told.kind === 'mailboxes';
    context.wake();
    context.poke(told);
  };
  onUntagged(client, 'STATUS', (untagged) => {
    const path = mailboxNameOf(client, untagged.attributes?.[0]);
    if (path) poke({ kind: 'mailbox', path });
  });
  // A mailbox made, renamed (OLDNAME), deleted (\NonExistent) or subscribed: RFC 5465 section 5.6.
  onUntagged(client, 'LIST', (untagged) => {
    if (listOf(untagged.attributes?.[0]).every((flag) => textOf(flag) !== null)) {
      const path = mailboxNameOf(client, untagged.attributes?.[2]);
      poke({ kind: 'mailboxes', paths: path ? [path] : null });
    }
  });
  onResponseCode(client, 'NOTIFICATIONOVERFLOW', () => client.close()); // The next connection lists everything.
  const armed = armedClient(client, () => poke({ kind: 'mailbox', path: 'INBOX' }));
  let shared: MailboxPath[] = [];
  await armed.withDeadline(() => client.mailboxOpen('INBOX', { readOnly: true }));
  try {
    await armed.withDeadline(() => execCommand(client, 'NOTIFY', notifySet(client, shared)));
  } catch (error) {
    if (!client.usable) throw error;
    return false;
  }
  onStarted();
  for (let armedAt = Date.now(); ;) {
    if (Date.now() >= listAt) {
      await armed.withDeadline(async () => {
        const mailboxes = await listOn(client);
        const price = mailboxes.length * msPerListed;
        const wait = isLookedAtAgain
          ? 2 * watchTiming.settleMs
          : watchTiming.rearmMs * Math.ceil(mailboxes.length / listedPerRound);
        listAt = Date.now() + Math.max(price, wait);
        listNoSooner = Date.now() + price;
        const sharedNow = sharedOf(client, mailboxes);
        // Told of from the next SET on, which then comes at once.
        if (sharedNow.join('\n') !== shared.join('\n')) stirredAt ??= Date.now();
        shared = sharedNow;
        context.poke({ kind: 'listed', mailboxes, isDoubtful });
        isDoubtful &&= isLookedAtAgain;
        isLookedAtAgain = false;
      });
    }
    armed.idle();
    const settledAt = () => (stirredAt === null ? Infinity : stirredAt + watchTiming.settleMs);
    const armAt = () => Math.min(armedAt + watchTiming.rearmMs, settledAt());
    const nextAt = () => Math.min(armAt(), listAt, outdatedAt);
    while (client.usable && !signal.aborted && Date.now() < nextAt()) {
      await context.sleep(nextAt() - Date.now());
      if (context.takeDoubt()) haveNamesMoved = true;
      if (context.takeLook()) stirredAt ??= Date.now();
    }
    if (!client.usable || signal.aborted) break;
    if (Date.now() >= outdatedAt) {
      context.poke({ kind: 'outdated' });
      context.renew();
      break;
    }
    if (Date.now() < armAt()) continue;
    // Dovecot 2.3 stops telling of mailboxes once its mailbox-list log rotates; SET said again cures it.
    // What rotates the log are changes, so SET follows each, several at once.
    if (stirredAt !== null) {
      listAt = Math.min(listAt, listNoSooner);
      isLookedAtAgain = true;
    }
    if (haveNamesMoved) {
      isDoubtful = true;
      outdatedNoLater = Math.min(outdatedNoLater, Date.now() + 10 * watchTiming.settleMs);
      outdatedAt = Math.min(outdatedNoLater, Date.now() + 3 * watchTiming.settleMs);
    }
    haveNamesMoved = false;
    stirredAt = null;
    // NOOP brings what SET would swallow, but no names, and nothing once the log rotated: the list shows these. So it does a mailbox
    // that is deleted within half a second of the first count after it got its name: Dovecot 2.3 tells neither.
    await armed.withDeadline(async () => {
      await client.noop();
      // Every second SET over a SET makes Dovecot 2.3 deaf for all but the selected mailbox; NONE in between never does.
      await execCommand(client, 'NOTIFY', [atom('NONE')]);
      await execCommand(client, 'NOTIFY', notifySet(client, shared));
    });
    armedAt = Date.now();
  }
  return true;
}
