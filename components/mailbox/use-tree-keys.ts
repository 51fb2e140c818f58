import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { TreeNode } from './tree-nodes.ts';

const typeaheadMs = 700;
/**
 * Letters that stay commands here while the person has letters as commands and is not typing a name: those that act on
 * no message. So what was just done to a folder is taken back by the same key as everything; the other letters find a
 * folder, as in every tree.
 */
const commandLetters: ReadonlySet<string> = new Set(['g', 'j', 'k', 'z']);
/** The letter after g, as in "g i", follows within this time. Milliseconds. */
const pairMs = 1_200;

interface TreeKeys {
  nodes: readonly TreeNode[];
  /** Whether letters are commands elsewhere. */
  hasLetters: boolean;
  focus(path: string): void;
  setExpanded(paths: string[], expanded: boolean): void;
  nameOf(node: TreeNode): string;
  activate(node: TreeNode): void;
  openMenu(node: TreeNode, at: Element): void;
  rename(node: TreeNode): void;
  remove(node: TreeNode): void;
}

/**
 * The keyboard of ARIA's tree pattern: arrows, Home, End, Enter, Space, * and typing a name; F2 renames, Delete deletes, Shift+F10 and
 * the menu key open the menu.
 */
export function useTreeKeys({ nodes, hasLetters, focus, setExpanded, nameOf, activate, ...acts }: TreeKeys) {
  const typed = useRef({ text: '', at: 0 });
  const pairedAt = useRef(0);

  /** A letter for whoever listens for commands. */
  function isCommand(letter: string): boolean {
    const now = Date.now();
    if (!hasLetters || now - typed.current.at < typeaheadMs) return false;
    const isSecond = now - pairedAt.current < pairMs;
    pairedAt.current = !isSecond && letter === 'g' ? now : 0;
    return isSecond || commandLetters.has(letter);
  }

  function search(key: string, from: number): TreeNode | undefined {
    const now = Date.now();
    const isContinued = now - typed.current.at < typeaheadMs;
    typed.current = { text: (isContinued ? typed.current.text : '') + key.toLocaleLowerCase(), at: now };
    const start = isContinued ? from : from + 1;
    const rotated = [...nodes.slice(start), ...nodes.slice(0, start)];
    return rotated.find((node) => nameOf(node).toLocaleLowerCase().startsWith(typed.current.text));
  }

  return (event: KeyboardEvent<HTMLElement>, node: TreeNode): void => {
    const index = nodes.indexOf(node);
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const [inward, outward] = isRtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    const goTo = (target: TreeNode | undefined) => target && focus(target.mailbox.path);
    const { path, parent } = node.mailbox;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown') goTo(nodes[index + 1]);
    else if (event.key === 'ArrowUp') goTo(nodes[index - 1]);
    else if (event.key === 'Home') goTo(nodes[0]);
    else if (event.key === 'End') goTo(nodes.at(-1));
    else if (event.key === 'F2') acts.rename(node);
    else if (event.key === 'Delete') acts.remove(node);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      acts.openMenu(node, event.currentTarget);
    else if (event.key === 'Enter' || event.key === ' ') activate(node);
    else if (event.key === inward && node.isParent && !node.isExpanded) setExpanded([path], true);
    else if (event.key === inward && node.isExpanded) goTo(nodes[index + 1]);
    else if (event.key === outward && node.isExpanded) setExpanded([path], false);
    else if (event.key === outward) goTo(nodes.find(({ mailbox }) => mailbox.path === parent));
    else if (event.key === '*') {
      const siblings = nodes.filter(({ mailbox, isParent }) => isParent && mailbox.parent === parent);
      setExpanded(
        siblings.map(({ mailbox }) => mailbox.path),
        true,
      );
    } else if (/^[\p{L}\p{N}]$/u.test(event.key) && !isCommand(event.key.toLowerCase())) goTo(search(event.key, index));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
