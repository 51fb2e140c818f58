import type { Topic } from './topic.ts';

/** Money, minutes, permits and plans. */
export const officeTopics: Topic[] = [
  {
    subject: 'Offer',
    turns: [
      ['client', ['We would be glad to have your offer for the {part} by the end of next week. The budget is known to you; we would rather have it good than big.', 'The committee has agreed to go ahead. Please send us your offer for the whole of {place}.']],
      ['priya', ['Draft is in the folder: {sum} in total, of which a third is {material}. Ann, please look at page {n}, I have been honest about the risk.']],
      ['ann', ['Read it, changed two words, took out one "very". It is good. Please send it.', 'Good. I would put the options at the end so that the main sum is what they remember.']],
      ['priya', ['Dear {client}, please find our offer in the project folder. It is valid for sixty days and includes one thing we would very much like to build.']],
      ['client', ['Accepted. The order follows by post, since we are that kind of office.', 'Thank you. Approved as it stands, including the thing you would very much like to build.']],
    ],
  },
  {
    subject: 'Minutes of the call on {day}',
    turns: [
      ['priya', ['1. {part}: stays as drawn.\n2. {material}: decision on {day}, Mei brings two samples.\n3. {place}: Jonas measures again before anything is cut.\n4. Budget: {n} % under, nobody must get used to it.\n5. Next call: same time, same link.']],
      ['client', ['One correction to 2: we would like to see three samples. Otherwise agreed.', 'Agreed, thank you for the quick minutes.']],
      ['mei', ['Three it is.']],
    ],
  },
  {
    subject: 'Permit',
    turns: [
      ['priya', ['The permit office has a question again: they want to know whether the {part} is furniture or a structure. The answer costs either nothing or {n} weeks.']],
      ['tomas', ['It is not fixed to the building and can be lifted by two people. That is furniture by their own definition, paragraph {n}.']],
      ['ann', ['Furniture, then. Please quote the paragraph and attach a picture of two people lifting it.']],
      ['priya', ['They laughed, then they stamped it.', 'Stamped this morning. The picture is now on their notice board.']],
    ],
  },
  {
    subject: 'Invoice {n}',
    turns: [
      ['priya', ['Invoice for the second stage has gone out: {sum}, payable within thirty days.']],
      ['client', ['Received and passed on to accounts. They ask that you quote the order number next time.', 'Thank you, it will be in the run on {day}.']],
      ['paul', ['Money is in. That leaves one open item for this quarter, and it is not yours.']],
    ],
  },
  {
    subject: 'Who is where next week',
    turns: [
      ['priya', ['Plan: Jonas at {place} Monday to Wednesday, Mei and Ann with the client on {day}, Tomás at home with the calculations and, he says, the cat.', 'Please put your days in the calendar. At the moment it looks as if nobody works on {day}.']],
      ['olu', ['Workshop all week. The {part} wants to be glued and glue does not travel.']],
      ['tomas', ['I can confirm the cat.', 'In the office, with the door closed, until the {part} stands up.']],
      ['ann', ['Good. Then lunch together on Friday, all of us, no screens.']],
    ],
  },
  {
    subject: 'Maintenance manual',
    turns: [
      ['client', ['Our caretakers ask for something short: what to clean, with what, how often, and whom to call. Two pages if possible.']],
      ['olu', ['Two pages: {material}: water and a soft brush, twice a year. {part}: a drop of oil each spring. Never a pressure washer, never, in bold.']],
      ['ann', ['I have made it into one page with four drawings. Nobody reads the second page anyway.', 'Lovely. Please add a telephone number that a human answers.']],
      ['client', ['It hangs in the caretakers’ room, laminated. Thank you.']],
    ],
  },
  {
    subject: 'Lessons learned',
    turns: [
      ['priya', ['Now that {project} is nearly behind us: one thing each that we would do again, and one we would not. No essays.']],
      ['mei', ['Again: the model in real {material}. Never again: three colours before lunch.']],
      ['tomas', ['Again: ask the workshop first. Never again: trust a survey older than my daughter.']],
      ['olu', ['Again: that glue. Never again: the other glue.']],
      ['jonas', ['Again: the crane company. Never again: {place} in November.']],
      ['ann', ['Again: all of you. Never again: promising a date on a Friday afternoon.']],
    ],
  },
  {
    subject: 'Press enquiry',
    turns: [
      ['client', ['A journalist from the regional paper would like to write about {place}. Are you happy to talk to her? She has an hour on {day}.']],
      ['ann', ['Happy to. Olu should come too: he made the {part}, and he is much funnier than I am.', 'Yes, gladly. Please tell her that the {material} is the story, not us.']],
      ['priya', ['It is out: page {n}, nearly half a page, and they spelt everybody right except the office.']],
    ],
  },
];
