/** Pipit's mark: a small bird on a line, drawn in the current colour. */
export function Bird({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" fill="currentColor">
      <path d="M22.4 7.6l-3.1-1.1C18.6 4.4 16.800 3.200 14.700 3.200c-2.700 0-4.600 1.900-5 4.500-.5 3.300-2.900 6-7.900 7.900 1.300.500 2.700.700 4 .700-.500.900-1.300 1.800-2.400 2.600 3.900.600 7.400-.100 9.900-2l.5 2.900h1.300l-.700-3.900c2.600-1.900 4.500-4.500 4.900-7.400l3.100-.9zM15.300 7.500a.9.9 0 1 1 0-1.800.9.9 0 0 1 0 1.800z" />
      <path d="M7 20.400h13v1.200H7z" opacity=".55" />
    </svg>
  );
}
