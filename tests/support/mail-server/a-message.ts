export interface MessageParts {
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  text?: string;
  html?: string;
  date?: Date;
  messageId?: string;
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
  attachments?: AttachmentPart[];
  /** Pictures that the HTML shows by cid: go into a multipart/related beside it. */
  inline?: (AttachmentPart & { contentId: string })[];
}

export interface AttachmentPart {
  name: string;
  mediaType: string;
  content: Buffer;
  disposition?: 'attachment' | 'inline';
}

let counter = 0;

/** Builds a whole message as octets (RFC 5322, 2045); every field has a sensible default. */
export function aMessage(parts: MessageParts = {}): Buffer {
  counter += 1;
  const head: Record<string, string> = {
    From: parts.from ?? 'Ann Lee <ann@example.test>',
    To: parts.to ?? 'Me <me@example.test>',
    ...(parts.cc ? { Cc: parts.cc } : {}),
    ...(parts.subject === '' ? {} : { Subject: parts.subject ?? `Message ${counter}` }),
    Date: (parts.date ?? new Date()).toUTCString().replace('GMT', '+0000'),
    'Message-ID': parts.messageId ?? `<m${counter}.${Date.now().toString(36)}@example.test>`,
    ...(parts.inReplyTo ? { 'In-Reply-To': parts.inReplyTo } : {}),
    ...(parts.references?.length ? { References: parts.references.join('\r\n ') } : {}),
    'MIME-Version': '1.0',
    ...parts.headers,
  };
  const { headers, body } = content(parts);
  const lines = Object.entries({ ...head, ...headers }).map(([name, value]) => `${name}: ${encodeHeader(value)}\r\n`);
  return Buffer.concat([Buffer.from(lines.join('')), Buffer.from('\r\n'), body]);
}

interface Entity {
  headers: Record<string, string>;
  body: Buffer;
}

function content(parts: MessageParts): Entity {
  let entity = textContent(parts);
  if (parts.attachments?.length) entity = multipart('mixed', [entity, ...parts.attachments.map((part) => file(part))]);
  return entity;
}

function textContent({ text, html, inline }: MessageParts): Entity {
  const plain = text === undefined && html !== undefined ? null : leaf('text/plain; charset=utf-8', text ?? 'Hello.\n');
  let rich = html === undefined ? null : leaf('text/html; charset=utf-8', html);
  if (rich && inline?.length) {
    rich = multipart('related', [rich, ...inline.map((part) => file({ disposition: 'inline', ...part }, part.contentId))]);
  }
  if (plain && rich) return multipart('alternative', [plain, rich]);
  return rich ?? plain ?? leaf('text/plain', '');
}

function leaf(type: string, text: string): Entity {
  return {
    headers: { 'Content-Type': type, 'Content-Transfer-Encoding': 'quoted-printable' },
    body: Buffer.from(quotedPrintable(text)),
  };
}

function file({ name, mediaType, content: bytes, disposition = 'attachment' }: AttachmentPart, contentId?: string): Entity {
  const encodedName = encodeURIComponent(name).replace(/['()*!]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const isAscii = /^[\x20-\x7e]+$/.test(name) && !name.includes('"');
  const parameter = isAscii ? `filename="${name}"` : `filename*=utf-8''${encodedName}`;
  const isMessage = mediaType === 'message/rfc822';
  return {
    headers: {
      'Content-Type': isAscii ? `${mediaType}; name="${name}"` : mediaType,
      'Content-Disposition': `${disposition}; ${parameter}`,
      'Content-Transfer-Encoding': isMessage ? '7bit' : 'base64',
      ...(contentId ? { 'Content-ID': `<${contentId}>` } : {}),
    },
    body: isMessage ? bytes : Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n')),
  };
}

let boundaries = 0;

export function multipart(subtype: string, entities: Entity[], parameters = ''): Entity {
  boundaries += 1;
  const boundary = `=_b${boundaries}_${Math.floor(boundaries * 7919).toString(36)}`;
  const pieces = entities.flatMap(({ headers, body }) => [
    Buffer.from(`--${boundary}\r\n${Object.entries(headers).map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);
  return {
    headers: { 'Content-Type': `multipart/${subtype}; boundary="${boundary}"${parameters}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** RFC 2047: only what needs it, in pieces short enough for one encoded-word each. */
export function encodeHeader(value: string): string {
  return value.replace(/[^\s<>"]*[^\x00-\x7f][^\s<>"]*(?: [^\s<>"]*[^\x00-\x7f][^\s<>"]*)*/g, (words) => {
    const pieces: string[] = [];
    let piece = '';
    for (const character of words) {
      if (Buffer.byteLength(piece + character) > 42) {
        pieces.push(piece);
        piece = '';
      }
      piece += character;
    }
    pieces.push(piece);
    return pieces.map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
  });
}

function quotedPrintable(text: string): string {
  const escape = (byte: number) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return text
    .split(/\r?\n/)
    .map((line) => {
      let out = '';
      let length = 0;
      for (const byte of Buffer.from(line)) {
        const piece = (byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 ? String.fromCharCode(byte) : escape(byte);
        if (length + piece.length > 74) {
          out += '=\r\n';
          length = 0;
        }
        out += piece;
        length += piece.length;
      }
      return out.replace(/ $/, '=20');
    })
    .join('\r\n');
}
