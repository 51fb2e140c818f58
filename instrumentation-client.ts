/**
 * The one Trusted Types policy of the pages (proxy.ts asks for it, as a report): Turbopack writes addresses of our own scripts as text, and
 * ProseMirror parses text into documents that nobody sees, where nothing runs or loads. Both pass, so that every report tells of something
 * that is not ours. Next runs this before anything else of the page.
 */
interface PolicyRules {
  createHTML(text: string, type?: string, sink?: string): string | null;
  createScriptURL(address: string, type?: string, sink?: string): string | null;
}

const ours = /^\/_next\/static\/(?:[\w-]+\/)*[\w.~-]+(?:\?|$)/;
const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: PolicyRules): unknown } };

trustedTypes?.createPolicy('default', {
  createHTML(text, type, sink) {
    // Called by a library, not by the browser: null would give it an empty text.
    if (!sink) throw new TypeError('This policy is asked by the browser only.');
    return sink === 'DOMParser parseFromString' ? text : null;
  },
  createScriptURL: (address) => (ours.test(address.replace(location.origin, '')) ? address : null),
});
