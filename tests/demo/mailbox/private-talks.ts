import type { Conversation } from './conversation.ts';

type Talk = Pick<Conversation, 'subject' | 'turns' | 'mailbox' | 'keywords' | 'pace' | 'cc'> & { daysAgo: number };

/** Family, friends and the rowing club: conversations written by hand. */
export const privateTalks: Talk[] = [
  {
    subject: 'The great Saltmarsh lunch', daysAgo: 5, mailbox: 'INBOX', keywords: ['Work'], pace: 3,
    turns: [
      { by: 'priya', text: 'Two years of Saltmarsh and nobody has complained. We should have lunch. Where?' },
      { by: 'olu', text: 'The place with the long table.' },
      { by: 'mei', text: 'Which one? Three have a long table.' },
      { by: 'olu', text: 'The one with the bread.' },
      { by: 'tomas', text: 'If it is the one with the stairs I can tell you that they are 4 mm out.' },
      { by: 'mei', text: 'You measured the stairs at a restaurant?' },
      { by: 'tomas', text: 'I felt them. Then I measured.' },
      { by: 'jonas', text: 'I am for the long table. I am also for Thursday.' },
      { by: 'priya', text: 'Thursday I am at the dentist. Friday?' },
      { by: 'olu', text: 'Friday the glue sets. I cannot leave before two.' },
      { by: 'ann', text: 'Then Friday at half past two. Late lunch, early evening, whatever it becomes.' },
      { by: 'mei', text: 'Daniel should come. He is the only client who ever brought biscuits.' },
      { by: 'priya', text: 'Asked him. He says yes, with biscuits.' },
      { by: 'daniel', text: 'I am honoured. Ginger or lemon?' },
      { by: 'tomas', text: 'Structurally speaking, ginger.' },
      { by: 'mei', text: 'Lemon!' },
      { by: 'daniel', text: 'Both, then. I see how your office reaches decisions.' },
      { by: 'jonas', text: 'Can somebody drive me? The van is at Ostbahnhof until Monday.' },
      { by: 'olu', text: 'With me, if you hold the clock.' },
      { by: 'jonas', text: 'Which clock?' },
      { by: 'olu', text: 'You will see.' },
      { by: 'priya', text: 'Table for seven, half past two, the long one by the window. It is booked under "bridge".' },
      { by: 'ann', text: 'Thank you, Priya. No laptops. Drawings on napkins are allowed.' },
      { by: 'tomas', text: 'I shall bring my own napkins, squared.' },
      { by: 'mei', text: 'Of course you will.' },
    ],
  },
  {
    subject: 'Dad’s eightieth', daysAgo: 16, mailbox: 'INBOX', keywords: ['Family'], pace: 40,
    turns: [
      { by: 'ruth', text: 'It is in four months, which means we are late. He says he wants "no fuss". We both know what that means.' },
      { by: 'ann', text: 'It means fuss, but not in front of the neighbours. What about the boathouse? Noor would lend it, and it has a stove.' },
      { by: 'ruth', text: 'YES. And the long tables. And he can see the water. Who tells him?' },
      { by: 'ann', text: 'Nobody tells him. We say it is a club meeting.' },
      { by: 'ruth', text: 'He will bring the minutes of the last one.', flags: ['\\Flagged'] },
      { by: 'ann', text: 'Good. Then he can read them out and everybody shouts.' },
      { by: 'ruth', text: 'I have booked the flight. I land on the Thursday and I bring the good maple syrup, and one husband.' },
    ],
  },
  {
    subject: 'Photographs in a shoe box', daysAgo: 61, mailbox: 'Family', keywords: ['Family'], pace: 60,
    turns: [
      { by: 'dad', text: 'Dear Ann,\n\nclearing the cupboard I came across a shoe box of photographs from the shipyard. You are in two of them, aged about four, wearing my helmet. Shall I post them, or do you scan such things nowadays?' },
      { by: 'ann', text: 'Keep them, please, do not post them! I come at the end of the month and bring the scanner. I want to hear who everybody is while you still pretend not to remember.' },
      { by: 'dad', text: 'I remember everybody except the man with the dog. I remember the dog.' },
      { by: 'ann', text: 'Then we shall call it "Photograph with dog". See you on the 28th.' },
    ],
  },
  {
    subject: 'Sunday walk?', daysAgo: 2, mailbox: 'INBOX', pace: 8,
    turns: [
      { by: 'ben', text: 'Low tide at nine. To the old pier and back, breakfast at the kiosk?' },
      { by: 'ann', text: 'Yes. Last one in the water buys the buns.' },
      { by: 'ben', text: 'In November? I have already bought them.' },
    ],
  },
  {
    subject: 'Boat for four', daysAgo: 24, mailbox: 'INBOX', keywords: ['Rowing'], pace: 30,
    turns: [
      { by: 'noor', text: 'The spring regatta takes entries from Monday. I have three names and one question mark. Ann, are you my question mark?' },
      { by: 'ann', text: 'I am, on one condition: not in bow. I never want to steer again.' },
      { by: 'noor', text: 'Granted. You have seat three, the good oars and a promise that nobody sings.' },
      { by: 'ben', text: 'I never agreed to that last point.' },
    ],
  },
  {
    subject: 'Heating in the first floor', daysAgo: 33, mailbox: 'INBOX', pace: 50,
    turns: [
      { by: 'viktor', text: 'Dear tenants, the heating will be off on Tuesday from 8 to 12. A man comes to look at the pump. He said the same thing last year.' },
      { by: 'ann', text: 'Thank you, Viktor. We shall wear coats and draw faster.' },
      { by: 'viktor', text: 'He came. It was the pump.' },
    ],
  },
  {
    subject: 'Year-end accounts', daysAgo: 290, mailbox: 'Invoices', keywords: ['Invoices', 'Work'], pace: 90,
    turns: [
      { by: 'paul', text: 'Dear Ann, to close the year I need: the stock of timber at cost, the mileage of the van, and an explanation for "cake, various".' },
      { by: 'ann', text: 'Stock and mileage come from Priya. The cake is entirely genuine: eleven birthdays, two toppings-out and one apology to the neighbours.' },
      { by: 'paul', text: 'The apology may be deducted. The birthdays may not.' },
      { by: 'ann', text: 'That is the most human sentence in the whole tax code.' },
      { by: 'paul', text: 'Final version attached to the portal. Result: better than last year, worse than you deserve.' },
    ],
  },
  {
    subject: 'Recipe for the dark bread', daysAgo: 410, mailbox: 'Family', keywords: ['Family'], pace: 30,
    turns: [
      { by: 'ann', text: 'What was it that grandmother put into the bread besides the rye? I only remember the smell.' },
      { by: 'ruth', text: 'Coriander, caraway, and a spoon of the old loaf, soaked overnight. And she never once weighed anything.' },
      { by: 'ann', text: 'I have weighed it now so that we know for the next eighty years: 420 g rye, 90 g old bread, 9 g salt, 4 g of each spice, 380 g water.' },
      { by: 'ruth', text: 'Made it. The kitchen smells of 1989.' },
    ],
  },
  {
    subject: 'Holiday: which island?', daysAgo: 150, mailbox: 'Travel', keywords: ['Travel', 'Family'], pace: 20,
    turns: [
      { by: 'ruth', text: 'Two weeks in August, no cars, water on all sides. Suggestions?' },
      { by: 'ann', text: 'Fanø has cars but also horses. Öland has wind. Hiddensee has neither cars nor beds left.' },
      { by: 'ruth', text: 'I found two beds on Hiddensee. In a net loft. With a swallow.' },
      { by: 'ann', text: 'Book it. I have always wanted to share a room with a swallow.' },
      { by: 'ruth', text: 'Booked! 9 to 23 August. The swallow has been told.' },
      { by: 'ann', text: 'Ferry is booked too, bicycles included. Reference is in the ticket mail.' },
    ],
  },
  {
    subject: 'Hello from an old classmate', daysAgo: 1205, mailbox: 'Archive', pace: 60,
    turns: [
      { by: 'ben', text: 'Are you the Ann Lee who built a bridge of spaghetti in the third year and refused to let it be tested? I have just moved to Quay Street, it seems two doors from your office.' },
      { by: 'ann', text: 'The very same, and the bridge still stands, behind glass, untested. Come for coffee, any day after four.' },
      { by: 'ben', text: 'Tomorrow, then. I bring the testing weights.' },
    ],
  },
];
