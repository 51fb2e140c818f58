/** A mailbox name as it travels (RFC 3501 section 5.1.3). */
export function encodeModifiedUtf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-';
    const octets = Buffer.alloc(run.length * 2);
    for (let index = 0; index < run.length; index += 1) octets.writeUInt16BE(run.charCodeAt(index), index * 2);
    return `&${octets.toString('base64').replace(/=+$/, '').replace(/\//g, ',')}-`;
  });
}
