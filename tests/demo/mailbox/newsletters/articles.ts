export interface Article {
  headline: string;
  text: string;
}

/** What newsletters of the trade write about; each edition takes a few. */
export const articles: Article[] = [
  { headline: 'A bench that remembers rain', text: 'On the island of Fanø a carpenter has left the same bench outside for forty years and drawn it every spring. The drawings are now a book, and the bench is still in use.' },
  { headline: 'The bridge you can carry', text: 'Four people, eleven minutes, no tools: students in Delft have folded a nine-metre span into two backpacks. It holds a cow, and they have the photograph to prove it.' },
  { headline: 'Why handrails end in a curl', text: 'It is neither fashion nor thrift. A sleeve that slides off a straight end catches on it, and the smith who first bent one had a torn coat.' },
  { headline: 'Larch or oak? Neither', text: 'Robinia lasts as long without any treatment and grows behind the railway. The trouble is that it never grows straight. Three workshops show what they make of that.' },
  { headline: 'Sound of a footbridge', text: 'Every deck has a note. Engineers tune it away; one composer has asked them to stop. A visit to a bridge in B flat.' },
  { headline: 'Lights that let the dark be dark', text: 'A harbour in the north has switched off two thirds of its lamps and had fewer accidents than before. What remains is low, warm, and points at the ground.' },
  { headline: 'Paint that is older than the company', text: 'The recipe for the red of the boathouses was written down in 1760. Copper, rye flour, water. It still costs less than anything in a tin.' },
  { headline: 'Six stairs worth the climb', text: 'From a lighthouse whose treads are all of different height to a library where children sit in rows: six stairs, and what their makers would do differently today.' },
  { headline: 'The return of the rope', text: 'Splicing was taught to sailors, then to nobody. Now it is back in playgrounds, where it does not rust, does not pinch and can be mended by the caretaker.' },
  { headline: 'Measuring with feet', text: 'Before the laser there were strides. A surveyor of eighty walks a meadow and is wrong by nine centimetres in two hundred metres.' },
  { headline: 'A ferry terminal without a front', text: 'The architects asked where people come from and the answer was: everywhere. So the building has four entrances and no back, and the rubbish goes out by boat.' },
  { headline: 'Glass that birds can see', text: 'Lines two millimetres wide, nine centimetres apart: that is all it takes. Most makers offer it; hardly anyone asks.' },
  { headline: 'What the tide leaves', text: 'Twice a day the lower steps disappear. Instead of fighting the weed a museum on the Rhine has asked a botanist to name it, on little bronze plates.' },
  { headline: 'Repair before replace', text: 'A city has stopped buying new park furniture for a year and hired four joiners. Halfway through, the count is 612 benches, 40 of them better than new.' },
  { headline: 'The honest joint', text: 'Wedged, pegged, visible: a short history of connections that show how they hold, by somebody who has broken most of them.' },
  { headline: 'Drawing in the rain', text: 'Which pencils write on wet paper, which paper survives a pocket, and why the best site notebook is still sold by a shop for divers.' },
  { headline: 'Two metres of public space', text: 'The strip between tram and wall was nobody’s. Then a neighbour put out a chair. Five years on there are ninety chairs and one rule: bring it in when it storms.' },
  { headline: 'A crane for the weekend', text: 'How a rowing club lifted its own roof with a borrowed crane, a retired engineer and a great deal of cake.' },
];

/** Offers of a shop; a price and something to want. */
export const goods = [
  { name: 'Folding rule, beech, 2 m', price: '14.50' },
  { name: 'Layout paper A2, 50 sheets', price: '22.00' },
  { name: 'Marking knife, left or right', price: '31.00' },
  { name: 'Waterproof notebook', price: '11.90' },
  { name: 'Brass plumb bob 250 g', price: '27.00' },
  { name: 'Japanese pull saw 240', price: '38.50' },
  { name: 'Scale figures 1:50, set of 30', price: '16.00' },
  { name: 'Cutting mat A1', price: '44.00' },
  { name: 'Carpenter pencils, dozen', price: '9.80' },
  { name: 'Balsa sheets, mixed', price: '18.20' },
];
