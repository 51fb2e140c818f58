export const loadPalette = () => import('./palette/palette.tsx');
