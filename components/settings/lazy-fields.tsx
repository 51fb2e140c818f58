import { lazyField } from './lazy-field.tsx';

// The palette of the mail page reads the list of all settings: what these draw is loaded when it is shown.
export const FoldersField = lazyField(
  async () => (await import('#components/mailbox/folders-settings.tsx')).FoldersSettings,
);
export const LabelsField = lazyField(
  async () => (await import('#components/labels/labels-settings.tsx')).LabelsSettings,
);
export const StorageField = lazyField(async () => (await import('#components/storage/storage-page.tsx')).StoragePage);

export const ArchiveField = lazyField(async () => (await import('./archive-field.tsx')).ArchiveField);
export const BlockedField = lazyField(async () => (await import('./blocked-field.tsx')).BlockedField);
export const PicturesField = lazyField(async () => (await import('./pictures-field.tsx')).PicturesField);
