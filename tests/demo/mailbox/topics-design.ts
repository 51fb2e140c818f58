import type { Topic } from './topic.ts';

/** Drawing, choosing, checking: what a design office writes all day. */
export const designTopics: Topic[] = [
  {
    subject: '{part} samples have arrived',
    turns: [
      ['olu', ['The three {part} samples in {material} are on the long table. Number two is the one with the softer edge.', 'Courier brought the {part} samples. Two of the three in {material} survived the trip; photos when I have hands free.']],
      ['mei', ['Number two, without question. It catches the light the way the model did, and it does not look like a hospital.', 'I held all of them next to the model for a while. Two is right. One looks tired, three looks expensive.']],
      ['ann', ['Agreed on two. Can we see it wet before we tell {client}? Half its life will be spent in the rain.', 'Two, then. Please leave one of them outside over the weekend so that we know what it does when it is wet.']],
      ['olu', ['Left it in the yard overnight. It darkens a little and comes back by noon. Good sign.', 'Soaked it in the sink for a day. No swelling, no staining, still pleasant to the hand.']],
      ['ann', ['Then that is our {part}. I will write to {client} today.']],
    ],
  },
  {
    subject: 'Question about the {part}',
    turns: [
      ['client', ['One thing from our side: the {part} at {place} looks lower than in the first drawings. Is that intended, or did something shift?', 'Our accessibility adviser asked how the {part} at {place} is reached from a wheelchair. Could you send a short note or a sketch?']],
      ['ann', ['Thank you for looking so closely. It did move, by {n} mm, because of the drainage underneath. Mei is drawing it properly and you will have it on {day}.', 'Good question, and I would rather show than describe. Mei is preparing a section at 1:10; you will have it by {day}.']],
      ['mei', ['Section is in the project folder, sheet 0{n}. I drew it with a person standing, one sitting and a child, so nobody has to imagine.']],
      ['client', ['That answers it completely, thank you. The adviser is happy, and so am I.', 'Perfect. I have passed it on; no further comments.']],
    ],
  },
  {
    subject: 'Drawings, revision {letter}',
    turns: [
      ['mei', ['Revision {letter} is up: {part} moved {n} mm east, new detail where {material} meets the wall, and the north arrow points north again.', 'New set in the folder, revision {letter}. The main change is the {part}; everything else is tidying.']],
      ['tomas', ['Looked through. Sheet {n} still shows the old fixing. Otherwise fine for me.', 'The numbers agree with mine. One wish: give the {part} its own detail, the workshop will ask.']],
      ['mei', ['Corrected and uploaded again, same letter because nobody has seen the first one yet. Has anybody?']],
      ['ann', ['Nobody has. Issued to {client} just now.', 'No. I am sending this one to {client} and pretending the other never existed.']],
    ],
  },
  {
    subject: 'Calculation for the {part}',
    turns: [
      ['tomas', ['The {part} in {material} works with a margin of {n} %. I would not go thinner, and I would not promise anybody that we could.', 'First run: deflection is {n} mm at mid-span, which is allowed but people would feel it. I suggest one more stiffener.']],
      ['ann', ['Thank you. Would a stiffener be visible from below? {client} will look at it from the water.', 'Feeling it is worse than seeing it. What does the extra stiffener cost us in weight?']],
      ['tomas', ['Hardly. About {n} kg per metre, and from below it reads as a shadow line. Mei may even like it.', 'It can sit inside the profile. {n} kg more in total, and two hours in the workshop.']],
      ['mei', ['She does like it.', 'Fine with me if the shadow stays straight.']],
    ],
  },
  {
    subject: 'Colour of the {material}',
    turns: [
      ['client', ['The board met yesterday and would like to see the {material} a little warmer. They could not say what warmer means, I am sorry.', 'Is there a choice in the colour of the {material}? One of our trustees paints and has opinions.']],
      ['mei', ['I have put five on the wall at {place} and taken pictures at eight, noon and dusk. Numbers three and four are what I would call warmer.']],
      ['ann', ['Here is what we suggest: number four, which is the same at noon and much kinder in the evening. If the board can spare ten minutes, seeing it on site is worth more than any picture.']],
      ['client', ['We went, we looked, we agree: four. It took nine minutes.', 'The board has decided for four. The trustee who paints says it was obvious all along.']],
    ],
  },
  {
    subject: 'Model for the presentation',
    turns: [
      ['mei', ['The model will be finished on {day}. Do we want people in it? Last time the client spent ten minutes on whether the dog was to scale.', 'I would like to build the {part} at 1:20 in real {material} instead of card. Half a day more.']],
      ['ann', ['People yes, dogs no. And please make {place} removable so that one can look underneath.', 'Take the half day. People remember what they have touched.']],
      ['priya', ['Room is booked for {day}, train tickets are in the shared folder. The model travels with me, on its own seat.']],
      ['mei', ['It is done. It fits the case with {n} mm to spare.']],
      ['priya', ['Arrived, in one piece, both of us.', 'They liked it so much that it stays in their foyer. We need a new model.']],
    ],
  },
  {
    subject: 'Small change at {place}',
    turns: [
      ['jonas', ['On site today: the wall at {place} is {n} mm out of line. The {part} will not sit as drawn. I can pack it or we can cut it.', 'There is a pipe at {place} that is on nobody’s drawing. Photo follows. The {part} has to go up or sideways.']],
      ['tomas', ['Pack it, do not cut it. The fixing needs all of its {material}.', 'Sideways, please. Up would change the lever arm and I would have to start again.']],
      ['ann', ['Do as Tomás says, and send me a photo before it is closed so that I can tell {client} in one sentence.']],
      ['jonas', ['Done, photo is in the folder, and it looks as if it had always been meant that way.', 'Finished. Even the foreman nodded.']],
    ],
  },
];
