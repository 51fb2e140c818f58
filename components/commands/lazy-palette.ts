import { lazyPart } from '#components/ui/lazy-part.tsx';

export const Palette = lazyPart(async () => (await import('./palette/palette.tsx')).Palette);
