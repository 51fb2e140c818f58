export const loadChoose = () => import('./choose-mailbox-dialog.tsx');
export const loadDestroy = () => import('./destroy-dialog.tsx');
export const loadMarked = () => import('./marked-dialog.tsx');
export const loadPhishing = () => import('./phishing-dialog.tsx');
export const loadLabels = () => import('#components/labels/labels-dialog.tsx');
export const loadSnooze = () => import('./snooze-dialog.tsx');
export const loadUnsubscribe = () => import('./unsubscribe-dialog.tsx');
export const loadRemove = () => import('#components/storage/remove-attachments-dialog.tsx');

/** The dialogs that commands ask with, so that they are there when a key asks. */
export const loadQuestions = () => Promise.all([loadChoose(), loadDestroy(), loadLabels(), loadSnooze(), loadRemove()]);
