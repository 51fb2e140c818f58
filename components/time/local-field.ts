/** The value of a `datetime-local` field, in the clock of the person's computer. */
export function toLocalField(date: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
