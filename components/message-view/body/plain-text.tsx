import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
import { signLinks } from '#lib/client/sign-links.ts';
import { checkPlainLink, composeAddress } from './check-link.ts';
import type { LinkVerdict } from './check-link.ts';
import { toPieces } from './linkify.ts';
import { toTextBlocks, unquote } from './quote-blocks.ts';
import type { TextBlock } from './quote-blocks.ts';

/** Quotes in quotes that are drawn as such. */
const maxDepth = 8;

/** Lines of a quote up to which it is simply shown. */
const shownLines = 4;

/** Plain text as text nodes, with safe links, foldable quotes and a quiet signature. */
export function PlainText({ text }: { text: string }) {
  return (
    <div dir="auto" className="max-w-[76ch] text-read leading-[1.45] wrap-anywhere whitespace-pre-wrap">
      <Blocks text={text} depth={0} />
    </div>
  );
}

function Blocks({ text, depth }: { text: string; depth: number }) {
  const blocks = useMemo(() => toTextBlocks(text.replaceAll('\r\n', '\n').trimEnd()), [text]);
  const onlyQuote = blocks.every(({ kind }) => kind === 'quote');
  return blocks.map((block, index) =>
    block.kind === 'quote' ? (
      <Quote
        key={index}
        block={block}
        depth={depth}
        startsOpen={onlyQuote || block.text.split('\n').length <= shownLines}
      />
    ) : (
      <div key={index} className={block.kind === 'signature' ? 'text-faint' : undefined}>
        <Linked text={block.text} />
      </div>
    ),
  );
}

function Quote({ block, depth, startsOpen }: { block: TextBlock; depth: number; startsOpen: boolean }) {
  const t = useTranslations('body');
  const [isOpen, setOpen] = useState(startsOpen);
  const { lead, quoted } = unquote(block.text);
  return (
    <div className="my-1">
      {startsOpen ? null : (
        <button
          type="button"
          aria-expanded={isOpen}
          className="no-print rounded-md bg-hover px-2 py-0.5 text-small text-muted hover:bg-pressed hover:text-ink pointer-coarse:min-h-11"
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? t('hideQuote') : t('showQuote')}
        </button>
      )}
      {isOpen ? (
        <div className="text-muted">
          {lead ? <Linked text={`${lead}\n`} /> : null}
          <div className="border-s-2 border-line-strong/50 ps-3">
            {depth < maxDepth ? <Blocks text={quoted} depth={depth + 1} /> : <Linked text={quoted} />}
          </div>
        </div>
      ) : null}
    </div>
  );
}

const none: ReadonlyMap<string, string> = new Map();

function Linked({ text }: { text: string }) {
  const isPublic = useIsPublicComputer();
  const [leaves, setLeaves] = useState(none);
  const pieces = useMemo(
    () =>
      toPieces(text).map(({ text: words, href }) => ({
        words,
        link: href ? checkPlainLink(href, window.location.host) : null,
      })),
    [text],
  );
  useEffect(() => {
    const odd = pieces.flatMap(({ link }) => (link?.kind === 'ask' ? [link.href] : []));
    if (odd.length === 0) return;
    const controller = new AbortController();
    // Without signatures these links stay text, which is safe.
    signLinks('leave', [...new Set(odd)], controller.signal).then(setLeaves, () => {});
    return () => controller.abort();
  }, [pieces]);
  return pieces.map(({ words, link }, index) => {
    const address = link ? openedBy(link, leaves, isPublic) : null;
    return address ? (
      <a
        key={index}
        href={address}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent underline underline-offset-2"
      >
        {words}
      </a>
    ) : (
      words
    );
  });
}

/** The address that opens a link; null for none. On a shared computer nobody's address stands in one. */
function openedBy(link: LinkVerdict, leaves: ReadonlyMap<string, string>, isPublic: boolean): string | null {
  if (link.kind === 'none') return null;
  if (link.kind === 'ask') return leaves.get(link.href) ?? null;
  if (link.kind === 'mail') return isPublic ? null : composeAddress(link.href);
  return link.href;
}
