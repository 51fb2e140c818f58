import { lazyPart } from '#components/ui/lazy-part.tsx';

export const AttachmentPreview = lazyPart(async () => (await import('./attachment-preview.tsx')).AttachmentPreview);
