import { startScriptedServer } from './scripted-server.ts';
import type { Script, ScriptedServer } from './scripted-server.ts';

/**
 * Gmail as https://developers.google.com/workspace/gmail/imap/imap-extensions describes it: "Gmail treats labels as folders for the purposes
 * of IMAP", FETCH has X-GM-LABELS ("a list of ASTRINGs", Gmail's own with a backslash), STORE adds them by +X-GM-LABELS, SEARCH
 * knows X-GM-LABELS. The first rows are that page's example: `* 1 FETCH (X-GM-LABELS (\Inbox \Sent Important "Muy Importante"))`.
 */
const capabilities = 'IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS ENABLE MOVE CONDSTORE ESEARCH LIST-EXTENDED LIST-STATUS SPECIAL-USE';
export interface Gmail {
  server: ScriptedServer;
  /** Labels of each message, as they travel. */
  labels: Map<number, Set<string>>;
  modseqs: Map<number, number>;
  mailboxes: Set<string>;
}

/** A small Gmail with three messages in the inbox. */
export async function startGmail(): Promise<Gmail> {
  const labels = new Map([
    [1, new Set(['\\Inbox', '\\Sent', 'Important', '"Muy Importante"'])],
    [2, new Set(['foo'])],
    [3, new Set<string>()],
  ]);
  const modseqs = new Map([[1, 5], [2, 6], [3, 7]]);
  const mailboxes = new Set(['foo', '"Muy Importante"', 'Important', '"&ZeVnLIqe-"']);
  const selected = new Map<number, string>();
  const highest = () => Math.max(...modseqs.values());
  const wanted = (set: string) => [...labels.keys()].filter((uid) => set === '1:*' || set.split(',').some((piece) => { const [a, b = a] = piece.split(':').map(Number); return uid >= (a ?? 0) && uid <= (b ?? 0); }));
  const row = (uid: number, items: string) => {
    const parts = [`UID ${uid}`];
    if (items.includes('FLAGS')) parts.push('FLAGS ($Phishing Legacy)');
    if (items.includes('X-GM-LABELS')) parts.push(`X-GM-LABELS (${[...(labels.get(uid) ?? [])].join(' ')})`);
    if (items.includes('MODSEQ')) parts.push(`MODSEQ (${modseqs.get(uid)})`);
    if (items.includes('INTERNALDATE')) parts.push('INTERNALDATE "05-Jul-2019 23:29:19 +0000" RFC822.SIZE 100');
    if (items.includes('ENVELOPE')) parts.push(`ENVELOPE ("Fri, 05 Jul 2019 17:50:33 -0400" "Number ${uid}" ((NIL NIL "ann" "example.test")) NIL NIL NIL NIL NIL NIL "<${uid}@example.test>")`);
    if (items.includes('BODYSTRUCTURE')) parts.push('BODYSTRUCTURE ("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 6 1 NIL NIL NIL NIL)');
    return `* ${uid} FETCH (${parts.join(' ')})`;
  };
  const has = (uid: number, name: string) => [...(labels.get(uid) ?? [])].some((label) => label.replaceAll('"', '') === name.replaceAll('"', ''));
  const status = (name: string) => `* STATUS ${name} (MESSAGES 3 UNSEEN 3 UIDNEXT 4 UIDVALIDITY 1 HIGHESTMODSEQ ${highest()})`;
  const script: Script = (command, rest, connection) => {
    switch (command) {
      case 'ENABLE':
        return ['* ENABLED CONDSTORE'];
      case 'LIST':
        if (rest === '"" ""') return ['* LIST (\\Noselect) "/" ""'];
        return ['(\\HasNoChildren) "/" "INBOX"', '(\\HasChildren \\Noselect) "/" "[Gmail]"', '(\\All \\HasNoChildren) "/" "[Gmail]/All Mail"', '(\\HasNoChildren \\Trash) "/" "[Gmail]/Trash"', ...[...mailboxes].map((name) => `(\\HasNoChildren) "/" ${name}`)].map((entry) => `* LIST ${entry}`);
      case 'LSUB':
        return [];
      case 'STATUS':
        return [status(rest.replace(/ \([^(]*\)$/, ''))];
      case 'SELECT':
      case 'EXAMINE':
        selected.set(connection, rest);
        return ['* 3 EXISTS', '* OK [UIDVALIDITY 1] Valid', '* OK [UIDNEXT 4] Next', `* OK [HIGHESTMODSEQ ${highest()}] Highest`, '* FLAGS (\\Seen $Phishing Legacy)', '* OK [PERMANENTFLAGS (\\Seen \\*)] Kept', 'OK [READ-WRITE] Done'];
      case 'FETCH':
      case 'UID FETCH': {
        const [set = '', ...items] = rest.split(' ');
        const since = Number(/CHANGEDSINCE (\d+)/.exec(rest)?.[1] ?? 0);
        return wanted(set).filter((uid) => (modseqs.get(uid) ?? 0) > since).map((uid) => row(uid, items.join(' ')));
      }
      case 'UID SEARCH': {
        const set = /UID ([\d:,*]+)/.exec(rest)?.[1] ?? '1:*';
        const [, not, label] = /(NOT )?X-GM-LABELS ("[^"]*"|\S+)/.exec(rest) ?? [];
        const modseq = Number(/MODSEQ (\d+)/.exec(rest)?.[1] ?? 0);
        const found = selected.get(connection)?.includes('Trash') ? [] : wanted(set).filter((uid) => (label === undefined || has(uid, label) === (not === undefined)) && (modseqs.get(uid) ?? 0) >= modseq);
        return [`* ESEARCH UID${found.length ? ` ALL ${found.join(',')}` : ''}`];
      }
      case 'UID STORE': {
        const [set = '', operation = '', ...list] = rest.split(' ');
        if (!operation.includes('X-GM-LABELS')) return ['BAD Only labels are stored here'];
        const name = list.join(' ').slice(1, -1);
        if (operation.startsWith('+') && ![...mailboxes].some((one) => one.replaceAll('"', '') === name.replaceAll('"', ''))) return ['NO [NONEXISTENT] Unknown label'];
        const next = highest() + 1;
        for (const uid of wanted(set)) {
          const own = labels.get(uid) ?? new Set();
          if (operation.startsWith('+')) own.add(name);
          else for (const label of own) if (label.replaceAll('"', '') === name.replaceAll('"', '')) own.delete(label);
          modseqs.set(uid, next);
        }
        return wanted(set).map((uid) => row(uid, 'X-GM-LABELS'));
      }
      case 'CREATE':
        mailboxes.add(rest);
        return [];
      case 'DELETE':
        for (const name of [...mailboxes]) if (name.replaceAll('"', '') === rest.replaceAll('"', '')) mailboxes.delete(name);
        for (const own of labels.values()) for (const label of own) if (label.replaceAll('"', '') === rest.replaceAll('"', '')) own.delete(label);
        return [];
      case 'RENAME': {
        const [from = '', to = ''] = rest.match(/"[^"]*"|\S+/g) ?? [];
        for (const name of [...mailboxes]) if (name.replaceAll('"', '') === from.replaceAll('"', '')) mailboxes.delete(name);
        mailboxes.add(to);
        return [];
      }
      case 'SUBSCRIBE':
      case 'UNSUBSCRIBE':
        return [];
      default:
        return null;
    }
  };
  const server = await startScriptedServer(script, { capabilities });
  return { server, labels, modseqs, mailboxes };
}
