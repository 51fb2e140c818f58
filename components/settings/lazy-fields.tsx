import { lazy, Suspense } from 'react';

// The palette of the mail page reads the list of all settings: what these draw is loaded when it is shown.
const Folders = lazy(async () => ({
  default: (await import('#components/mailbox/folders-settings.tsx')).FoldersSettings,
}));
const Labels = lazy(async () => ({ default: (await import('#components/labels/labels-settings.tsx')).LabelsSettings }));
const Storage = lazy(async () => ({ default: (await import('#components/storage/storage-page.tsx')).StoragePage }));

const Archive = lazy(async () => ({ default: (await import('./archive-field.tsx')).ArchiveField }));
const Blocked = lazy(async () => ({ default: (await import('./blocked-field.tsx')).BlockedField }));
const Pictures = lazy(async () => ({ default: (await import('./pictures-field.tsx')).PicturesField }));

export function FoldersField() {
  return (
    <Suspense fallback={null}>
      <Folders />
    </Suspense>
  );
}

export function LabelsField() {
  return (
    <Suspense fallback={null}>
      <Labels />
    </Suspense>
  );
}

export function ArchiveField() {
  return (
    <Suspense fallback={null}>
      <Archive />
    </Suspense>
  );
}

export function StorageField() {
  return (
    <Suspense fallback={null}>
      <Storage />
    </Suspense>
  );
}

export function BlockedField() {
  return (
    <Suspense fallback={null}>
      <Blocked />
    </Suspense>
  );
}

export function PicturesField() {
  return (
    <Suspense fallback={null}>
      <Pictures />
    </Suspense>
  );
}
