/** The search field's element: the key, the palette and the bottom bar bring the focus there. */
export const searchFieldId = 'search-mail';

export function focusSearch(): void {
  const field = document.getElementById(searchFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}
