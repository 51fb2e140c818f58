import { lazyPart } from '#components/ui/lazy-part.tsx';

// The palette of the mail page reads the list of all settings: what these draw is loaded when it is shown.
export const FoldersField = lazyPart(
  async () => (await import('#components/mailbox/folders-settings.tsx')).FoldersSettings,
);
export const LabelsField = lazyPart(
  async () => (await import('#components/labels/labels-settings.tsx')).LabelsSettings,
);
export const StorageField = lazyPart(async () => (await import('#components/storage/storage-page.tsx')).StoragePage);

export const ArchiveField = lazyPart(async () => (await import('./archive-field.tsx')).ArchiveField);
export const BlockedField = lazyPart(async () => (await import('./blocked-field.tsx')).BlockedField);
export const PicturesField = lazyPart(async () => (await import('./pictures-field.tsx')).PicturesField);
