import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The filters of the product and what tries them, as one script that leaves `vectors` in the page. */
export async function bundleInPage(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL('./in-page.ts', import.meta.url)), formats: ['iife'], name: 'vectors' },
    },
  });
  const [result] = Array.isArray(made) ? made : [made];
  const chunk = result && 'output' in result ? result.output[0] : undefined;
  if (!chunk) throw new Error('Nothing was built');
  return chunk.code;
}
