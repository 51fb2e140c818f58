import { writeConversation } from './conversation.ts';
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
          ...conversation,
          startsAt: workingTime(now, daysAgo, random),
          cc: random.chance(0.5) ? ['priya'] : [],
          mailbox: daysAgo < 90 || random.chance(0.42) ? 'INBOX' : project.mailbox,
          keywords: ['Work'],
        },
        now,
        random,
      );
    }),
  );
}
