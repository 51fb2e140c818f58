import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { PartWaits } from '#components/ui/lazy-part.tsx';
import { loadOnce, useLoaded } from '#components/ui/load-once.ts';

const reader = loadOnce(() => import('pdfjs-dist'));

const maxPages = 30;
const maxOctets = 40 * 1024 * 1024;
/** Pixels of the longer side of a drawn page, whatever the file claims. */
const maxSide = 2_400;

/**
 * Draws a PDF's pages on canvases by pdf.js: no script in it runs, no form or link works, nothing is fetched, and the
 * browser's own viewer never opens on our origin (check 46).
 */
export function PdfPages({ address, failed }: { address: string; failed: string }) {
  const t = useTranslations('message');
  const holder = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'failed' | number>('loading');
  const pdfjs = useLoaded(reader);
  useEffect(() => {
    if (!pdfjs) return;
    const controller = new AbortController();
    drawPages(pdfjs, address, holder.current, (page, pages) => t('pdfPage', { page, pages }), controller.signal)
      .then((pages) => setState(pages))
      .catch(() => {
        if (!controller.signal.aborted) setState('failed');
      });
    return () => controller.abort();
  }, [pdfjs, address, t]);
  return (
    <>
      {pdfjs ? null : <PartWaits />}
      {state === 'failed' ? <p className="text-meta text-muted">{failed}</p> : null}
      <div ref={holder} className="flex flex-col items-center gap-4" aria-busy={state === 'loading'} />
      {typeof state === 'number' && state > maxPages ? (
        <p className="mt-3 text-center text-meta text-muted">{t('pdfMore', { pages: maxPages })}</p>
      ) : null}
    </>
  );
}

async function drawPages(
  pdfjs: typeof import('pdfjs-dist'),
  address: string,
  holder: HTMLDivElement | null,
  nameOf: (page: number, pages: number) => string,
  signal: AbortSignal,
): Promise<number> {
  pdfjs.GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;
  const response = await fetch(address, { signal });
  const data = await response.arrayBuffer();
  if (!response.ok || data.byteLength > maxOctets) throw new Error('not viewable');
  const task = pdfjs.getDocument({
    data,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
  });
  signal.addEventListener('abort', () => void task.destroy());
  const pdf = await task.promise;
  holder?.replaceChildren();
  for (let number = 1; number <= Math.min(pdf.numPages, maxPages) && !signal.aborted; number += 1) {
    const page = await pdf.getPage(number);
    const plain = page.getViewport({ scale: 1 });
    const wanted = Math.min(2, window.devicePixelRatio || 1) * (900 / plain.width);
    const scale = Math.min(wanted, maxSide / Math.max(plain.width, plain.height));
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    canvas.width = viewport.width;
    canvas.height = viewport.height;
    canvas.className = 'max-w-full rounded-md border border-line bg-[#fff]';
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', nameOf(number, pdf.numPages));
    holder?.append(canvas);
    await page.render({ canvas, viewport }).promise;
  }
  const { numPages } = pdf;
  await task.destroy();
  return numPages;
}
