import type { Mailbox, MailboxRole } from '#lib/mail/mailbox.ts';

/** A mailbox at its place in the tree, as ARIA's tree pattern counts. */
export interface TreeNode {
  mailbox: Mailbox;
  level: number;
  position: number;
  siblings: number;
  isParent: boolean;
  isExpanded: boolean;
}

const order: readonly MailboxRole[] = [
  'inbox',
  'flagged',
  'important',
  'snoozed',
  'drafts',
  'sent',
  'archive',
  'all',
  'junk',
  'trash',
];

/** The nodes in sight from top to bottom: special uses first, the others by name as the language sorts them. */
export function toTreeNodes(
  mailboxes: readonly Mailbox[],
  isExpanded: (path: string) => boolean,
  nameOf: (mailbox: Mailbox) => string,
  locale: string,
): TreeNode[] {
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const children = Map.groupBy(mailboxes, ({ parent }) => parent);
  const nodes: TreeNode[] = [];
  const walk = (parent: string | null, level: number) => {
    const siblings = (children.get(parent) ?? []).toSorted(
      (a, b) => rank(a) - rank(b) || collator.compare(nameOf(a), nameOf(b)),
    );
    siblings.forEach((mailbox, index) => {
      const isParent = children.has(mailbox.path);
      const expanded = isParent && isExpanded(mailbox.path);
      nodes.push({ mailbox, level, position: index + 1, siblings: siblings.length, isParent, isExpanded: expanded });
      if (expanded && level < maxDepth) walk(mailbox.path, level + 1);
    });
  };
  walk(null, 1);
  return nodes;
}

/** A lying server could nest without end. */
const maxDepth = 50;

function rank({ role }: Mailbox): number {
  return role ? order.indexOf(role) : order.length;
}
