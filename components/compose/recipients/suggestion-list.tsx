import { displayName, initials, tintOf } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Person } from '#lib/mail/person.ts';

/** People that may be meant; the list is there from the beginning, so that the combobox may name it. */
export function SuggestionList({
  id,
  label,
  people,
  marked,
  onChoose,
}: {
  id: string;
  label: string;
  people: readonly Person[];
  marked: number | null;
  onChoose: (person: Person) => void;
}) {
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      aria-label={label}
      hidden={people.length === 0}
      className="absolute start-12 top-full z-20 -mt-0.5 max-h-72 w-[min(420px,calc(100%-64px))] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
    >
      {people.map((person, index) => (
        <li
          key={person.address}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === marked}
          className="flex min-h-10 cursor-default items-center gap-2.5 rounded-md px-2 text-meta aria-selected:bg-hover hover:bg-hover pointer-coarse:min-h-11"
          onPointerDown={(event) => event.preventDefault()} // The field keeps the focus.
          onClick={() => onChoose(person)}
        >
          <span
            aria-hidden="true"
            className={`tinted tint-${tintOf(person.address)} flex size-7 shrink-0 items-center justify-center rounded-full text-tiny font-semibold`}
          >
            {initials(person)}
          </span>
          <span className="min-w-0">
            <bdi className="block truncate">{displayName(person)}</bdi>
            {person.name ? (
              <bdi dir="ltr" className="block truncate text-small text-muted">
                {visibleText(person.address)}
              </bdi>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
