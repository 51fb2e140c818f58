/** HTML of what is selected in the open message's text, hostile like the message; null where nothing is. */
export function selectedHtml(): string | null {
  const message = document.getElementById('message');
  if (!message) return null;
  for (const frame of message.querySelectorAll('iframe')) {
    const inside = toHtml(frame.contentWindow?.getSelection() ?? null);
    if (inside) return inside;
  }
  const selection = document.getSelection();
  const text = message.querySelector('.message-scroller');
  return selection?.anchorNode && text?.contains(selection.anchorNode) && text.contains(selection.focusNode)
    ? toHtml(selection)
    : null;
}

function toHtml(selection: Selection | null): string | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0 || !selection.toString().trim()) return null;
  const holder = document.implementation.createHTMLDocument().createElement('div');
  holder.append(selection.getRangeAt(0).cloneContents());
  return holder.innerHTML;
}
