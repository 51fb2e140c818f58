import { anyFile } from './attachments/files.ts';
import { writeConversation } from './conversation.ts';
import type { Turn } from './conversation.ts';
import { designTopics } from './topics-design.ts';
import { officeTopics } from './topics-office.ts';
import { siteTopics } from './topics-site.ts';
import { fillTopic } from './topic.ts';
import { projects } from './projects.ts';
import { workingTime } from './moment.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

const topics = [...designTopics, ...siteTopics, ...officeTopics];

/** The conversations of every project, spread over its time; newer ones are still in INBOX, older ones filed. */
export function projectMail(now: Date, random: Random): SeedMessage[] {
  return projects.flatMap((project) =>
    random.shuffle(topics).flatMap((topic, index) => {
      const share = (index + random.next()) / topics.length;
      const daysAgo = project.from - (project.from - project.until) * share;
      const conversation = fillTopic(topic, project, random);
      return writeConversation(
        {
          subject: conversation.subject,
          turns: withFiles(conversation.turns, conversation.subject, random),
          startsAt: workingTime(now, daysAgo, random),
          cc: random.chance(0.5) ? ['priya'] : [],
          mailbox: daysAgo < 90 || random.chance(0.58) ? 'INBOX' : project.mailbox,
          keywords: ['Work'],
        },
        now,
        random,
      );
    }),
  );
}

/** Who shows something attaches it: now and then any turn but Ann's carries a file, sometimes several. */
function withFiles(turns: Turn[], subject: string, random: Random): Turn[] {
  return turns.map((turn) => {
    if (turn.by === 'ann' || !random.chance(0.14)) return turn;
    const attachments = Array.from({ length: random.chance(0.25) ? random.between(2, 5) : 1 }, () => anyFile(subject, random));
    return { ...turn, attachments };
  });
}
