import 'server-only';
import type { MessageStructureObject } from 'imapflow';
import type { PartNode } from '#lib/mail/part-node.ts';
import { toEnvelope } from './to-envelope.ts';

/** Deeper than any honest message; what lies below is cut off. */
const maxDepth = 64;

/**
 * imapflow's BODYSTRUCTURE as our tree. Section numbers are counted anew (RFC 9051 section 6.4.5): imapflow gives the
 * only part of a single-part message none, and that of a nested one its parent's.
 */
export function toPartTree(structure: MessageStructureObject): PartNode {
  return toNode(structure, isMultipart(structure) ? '' : '1', 0);
}

function toNode(node: MessageStructureObject, part: string, depth: number): PartNode {
  const mediaType = (node.type || 'application/octet-stream').toLowerCase();
  return {
    part,
    mediaType,
    parameters: lowerCaseKeys(node.parameters),
    encoding: (node.encoding ?? '').toLowerCase(),
    size: node.size ?? 0,
    disposition: node.disposition?.toLowerCase() ?? null,
    dispositionParameters: lowerCaseKeys(node.dispositionParameters),
    contentId: node.id?.replace(/^\s*<|>\s*$/g, '') || null,
    description: node.description ?? null,
    children: depth < maxDepth ? childrenOf(node, part, depth) : [],
    nested: mediaType === 'message/rfc822' ? toEnvelope(node.envelope) : null,
  };
}

function childrenOf(node: MessageStructureObject, part: string, depth: number): PartNode[] {
  const children = node.childNodes ?? [];
  if (isMultipart(node)) {
    return children.map((child, index) => toNode(child, part ? `${part}.${index + 1}` : `${index + 1}`, depth + 1));
  }
  const [root] = children;
  if (!root) return [];
  return [toNode(root, isMultipart(root) ? part : `${part}.1`, depth + 1)];
}

function isMultipart(node: MessageStructureObject): boolean {
  return /^multipart\//i.test(node.type || '');
}

function lowerCaseKeys(parameters: Record<string, string> | undefined): Record<string, string> {
  const entries = Object.entries(parameters ?? {}).map(([key, value]) => [key.toLowerCase(), value] as const);
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
}
