import type { Topic } from './topic.ts';

/** Building, delivering, waiting for the weather. */
export const siteTopics: Topic[] = [
  {
    subject: 'Delivery on {day}',
    turns: [
      ['henrik', ['Your {material} leaves us tomorrow and should reach {place} on {day} between 7 and 10. Please have somebody there with a forklift.', 'The lorry with the {part} is loaded: {n} pieces, numbered. Driver will call half an hour before.']],
      ['jonas', ['I will be there. Is the weight per bundle under two tonnes? The ground at {place} is soft after the rain.']],
      ['henrik', ['1.{n} tonnes each, so you are fine.', 'Under two, yes. I had them bundled smaller than usual.']],
      ['jonas', ['All here, all straight, nothing scratched. Signed at 8.{n}.', 'Unloaded and covered. One bundle has a dent in the wrapping, not in the steel.']],
    ],
  },
  {
    subject: 'Timber for the {part}',
    turns: [
      ['gwen', ['We have {n} boards of the quality you asked for, quarter-sawn, sixteen per cent. They will not stay here for long: may I put your name on them?', 'The {part} timber is stacked and drying. If you would like to choose the boards yourselves, {day} is quiet.']],
      ['ann', ['Please put our name on them. Olu would like to come and choose, if you can bear him.', 'We would love to. Mei and I could be with you on {day} at ten.']],
      ['gwen', ['Kettle is on.', 'You are welcome any time, and bring boots: the yard is a lake.']],
      ['olu', ['Chosen. There is one board with a figure like the sea; I would like to keep it for the {other}.']],
      ['gwen', ['Marked with chalk and hidden behind the door. Invoice follows at the end of the month.']],
    ],
  },
  {
    subject: 'Site notes, week {n}',
    turns: [
      ['jonas', ['Weather: wet, then very wet. Done: {part} set out, first {n} fixed. Open: nobody has seen the electrician. Next week: the rest at {place}, if it stays dry.\n\nVisitors: two, both lost.', 'Short one. All {material} is up except for {place}. The neighbours are friendly and bring cake. The crane is booked for {day}.']],
      ['priya', ['Thanks. Electrician is promised for {day}, in writing this time.', 'Thank you. Please write down the cake as a contribution in kind.']],
    ],
  },
  {
    subject: 'Photos from {place}',
    turns: [
      ['jonas', ['Photos of today are in the shared folder. Look at number {n}: the {part} against the evening sky. I did not touch the colours.']],
      ['mei', ['That one goes on the wall.', 'Oh. That is exactly the drawing.']],
      ['client', ['We saw it too, from the other side. People have begun to stop and look.', 'Thank you for sharing these. May we use number {n} in our annual report?']],
      ['ann', ['Of course you may. Please name Jonas, he climbed something for it.', 'That is the nicest sentence anybody wrote to me this month.']],
    ],
  },
  {
    subject: 'Crane and road closure',
    turns: [
      ['priya', ['To lift the {part} we need the road for {n} hours. The form asks for a plan, an insurance certificate and, I quote, "the reason". Any volunteers for the reason?', 'Road closure request is in. They want us to start at five in the morning.']],
      ['tomas', ['Reason: gravity.', 'Plan with the crane positions is attached to the request. Radius {n} metres, no overhead lines.']],
      ['client', ['I have spoken to my colleague in traffic. It will be approved by {day}; please put the signs out two days before.']],
      ['jonas', ['Signs are out. Somebody has already parked on one.', 'Signs are out, neighbours are told, thermos is ready.']],
      ['jonas', ['It is up. Twenty minutes, no drama. Road was open again before the first bus.']],
      ['ann', ['Wonderful. Breakfast is on the office, wherever you are.']],
    ],
  },
  {
    subject: 'Snag list',
    turns: [
      ['client', ['We walked through yesterday and found {n} small things. The list is below in no particular order.\n\n- {part}: scratch on the left side\n- {other}: one screw is missing\n- {place}: water stands after rain\n- a bucket that belongs to nobody']],
      ['priya', ['Thank you, that is a short list. Jonas is with you on {day} and brings the screw. The bucket is ours and we are sorry.']],
      ['jonas', ['All done. The water was a leaf in the drain. The bucket has come home.', 'Everything on the list is crossed out, and two things that were not on it.']],
      ['client', ['Signed off, with thanks to all of you. It has been a pleasure.', 'Checked this morning, nothing left to say. The final account can go to finance.']],
    ],
  },
  {
    subject: 'Storm last night',
    turns: [
      ['jonas', ['Drove out at six. {place} is fine, the {part} did not move. One sheet of {material} has gone to visit the neighbours.']],
      ['tomas', ['Which sheet? If it is the one by the edge I would like to know how it got loose.']],
      ['jonas', ['It was lying on the ground, not fixed. My fault, I had it ready for today. Nobody hurt, nothing broken.']],
      ['ann', ['Thank you for driving out. From now on nothing stays loose overnight above wind five, please.']],
    ],
  },
];
