'use client';

import './globals.css';

/** When even the layout failed there are no catalogues: one sentence, and a way back. */
export default function GlobalErrorPage() {
  return (
    <html lang="en">
      <body className="grid min-h-dvh place-items-center bg-canvas p-6 text-ink">
        <main className="max-w-md text-center">
          <h1 className="mb-2 text-subject font-semibold">Pipit could not show this page</h1>
          <p className="mb-4 text-muted">Your mail is safe on its server. Loading the page again usually helps.</p>
          <button
            type="button"
            className="rounded-md border border-line-strong px-3 py-1.5"
            onClick={() => window.location.reload()}
          >
            Load again
          </button>
        </main>
      </body>
    </html>
  );
}
