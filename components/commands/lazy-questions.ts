import { lazyPart } from '#components/ui/lazy-part.tsx';

export const ChooseMailbox = lazyPart(async () => (await import('./choose-mailbox-dialog.tsx')).ChooseMailboxDialog);
export const Destroy = lazyPart(async () => (await import('./destroy-dialog.tsx')).DestroyDialog);
export const Marked = lazyPart(async () => (await import('./marked-dialog.tsx')).MarkedDialog);
export const Phishing = lazyPart(async () => (await import('./phishing-dialog.tsx')).PhishingDialog);
export const Labels = lazyPart(async () => (await import('#components/labels/labels-dialog.tsx')).LabelsDialog);
export const Snooze = lazyPart(async () => (await import('./snooze-dialog.tsx')).SnoozeDialog);
export const Unsubscribe = lazyPart(async () => (await import('./unsubscribe-dialog.tsx')).UnsubscribeDialog);
export const Remove = lazyPart(
  async () => (await import('#components/storage/remove-attachments-dialog.tsx')).RemoveAttachmentsDialog,
);

/** Brings the dialogs that commands ask with most, so that they are there when a key asks. */
export const loadQuestions = () =>
  Promise.all([ChooseMailbox, Destroy, Labels, Snooze, Remove].map((part) => part.load()));
