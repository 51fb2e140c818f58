import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Pipit',
    short_name: 'Pipit',
    start_url: '/',
    display: 'standalone',
    background_color: '#f3f1ed',
    theme_color: '#12606f',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  };
}
