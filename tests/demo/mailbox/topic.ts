import type { PersonKey } from './people.ts';
import type { Project } from './projects.ts';
import type { Random } from './random.ts';
import { person } from './people.ts';
import type { Turn } from './conversation.ts';

/** A kind of conversation that happens in every project, each time about other things. */
export interface Topic {
  subject: string;
  /** Who speaks, and the ways they may say it. */
  turns: [by: PersonKey | 'client', ways: string[]][];
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

/** Fills a topic with a project's own things: the same words every time it is named in one conversation. */
export function fillTopic(topic: Topic, project: Project, random: Random): { subject: string; turns: Turn[] } {
  const client = person(project.client);
  const values: Record<string, string> = {
    part: random.pick(project.parts),
    other: random.pick(project.parts),
    material: random.pick(project.materials),
    place: project.place,
    project: project.name,
    client: client.name.split(' ')[0] ?? client.name,
    n: String(random.between(2, 9) + 10 * random.between(0, 3)),
    sum: `${random.between(2, 48)},${String(random.between(10, 99))}0`,
    day: random.pick(days),
    letter: random.pick(['B', 'C', 'D', 'E', 'F']),
  };
  const fill = (text: string) => capitalised(text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name));
  return {
    subject: `${project.name}: ${lowered(fill(topic.subject))}`,
    turns: topic.turns.map(([by, ways]) => ({ by: by === 'client' ? project.client : by, text: fill(random.pick(ways)) })),
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
