/** How a text field and a list to choose from look, in dialogs and settings. 16 px where fingers type: less makes phones zoom. */
export const fieldLook =
  'h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-list text-ink pointer-coarse:h-11 pointer-coarse:text-title aria-invalid:border-danger';
