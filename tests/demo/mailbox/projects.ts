import type { PersonKey } from './people.ts';

/** A job of the office: who it is for, what it is made of, and when it ran. */
export interface Project {
  name: string;
  mailbox: string;
  client: PersonKey;
  /** Days ago of its first and last message. */
  from: number;
  until: number;
  place: string;
  parts: string[];
  materials: string[];
}

export const projects: Project[] = [
  { name: 'Saltmarsh footbridge', mailbox: 'Clients/Saltmarsh/Footbridge', client: 'daniel', from: 1790, until: 1180, place: 'the north abutment', parts: ['handrail', 'deck board', 'bearing plate', 'parapet', 'expansion joint'], materials: ['weathering steel', 'larch', 'stainless mesh'] },
  { name: 'Pier 4 lights', mailbox: 'Clients/Harbour Board/Pier 4', client: 'ingrid', from: 1640, until: 1010, place: 'the outer mole', parts: ['lantern', 'mast foot', 'cable tray', 'solar hatch', 'bollard light'], materials: ['cast aluminium', 'galvanised steel', 'opal glass'] },
  { name: 'Rheinufer museum steps', mailbox: 'Clients/Museum Rheinufer', client: 'katrin', from: 1400, until: 820, place: 'the lower terrace', parts: ['tread', 'tactile strip', 'riser panel', 'flood gate', 'balustrade'], materials: ['basalt', 'bronze', 'in-situ concrete'] },
  { name: 'Kobe ferry waiting room', mailbox: 'Clients/神戸汽船', client: 'kenichi', from: 1250, until: 560, place: 'berth 2', parts: ['bench', 'ceiling slat', 'ticket gate', 'departure board', 'wind screen'], materials: ['hinoki', 'laminated glass', 'oiled steel'] },
  { name: 'Alfama handrails', mailbox: 'Clients/Câmara de Lisboa', client: 'marta', from: 1100, until: 640, place: 'Escadinhas de São Miguel', parts: ['handrail', 'wall bracket', 'newel post', 'end cap', 'light strip'], materials: ['brass', 'forged iron', 'lioz limestone'] },
  { name: 'Orchard School playground', mailbox: 'Clients/Orchard School', client: 'helen', from: 980, until: 610, place: 'the lower yard', parts: ['climbing frame', 'slide landing', 'shade sail', 'sand kitchen', 'balance beam'], materials: ['robinia', 'rubber crumb', 'powder-coated steel'] },
  { name: 'Lighthouse trail signs', mailbox: 'Clients/Lighthouse Trail', client: 'iain', from: 860, until: 380, place: 'the headland car park', parts: ['fingerpost', 'map table', 'waymark', 'interpretation panel', 'foundation sleeve'], materials: ['oak', 'vitreous enamel', 'slate'] },
  { name: 'Canal lock benches', mailbox: 'Clients/Kanaal', client: 'sanne', from: 720, until: 300, place: 'the second lock', parts: ['bench', 'backrest', 'arm', 'footplate', 'number plate'], materials: ['accoya', 'corten', 'recycled nylon'] },
  { name: 'Observatory stair', mailbox: 'Clients/Observatorio', client: 'ruiz', from: 600, until: 140, place: 'the dome floor', parts: ['spiral tread', 'centre column', 'vibration pad', 'hatch', 'handrail'], materials: ['black steel', 'cork', 'ash'] },
  { name: 'Fjordline ticket kiosk', mailbox: 'Clients/Fjordline', client: 'astrid', from: 430, until: 4, place: 'the ferry quay', parts: ['counter', 'shutter', 'roof panel', 'signage band', 'heat pump cover'], materials: ['spruce', 'zinc', 'polycarbonate'] },
  { name: 'Winter garden roof', mailbox: 'Clients/Jardin d’hiver', client: 'claire', from: 330, until: 2, place: 'the palm house', parts: ['roof light', 'ridge vent', 'glazing bar', 'gutter', 'rain chain'], materials: ['thermally broken steel', 'low-iron glass', 'chestnut'] },
  { name: 'Ostbahnhof bike shelter', mailbox: 'Clients/Ostbahnhof', client: 'lukas', from: 210, until: 1, place: 'the east forecourt', parts: ['double rack', 'roof truss', 'charging post', 'side panel', 'rainwater pipe'], materials: ['cross-laminated timber', 'perforated steel', 'green roof trays'] },
  { name: 'Boathouse refit', mailbox: 'Projects/Boathouse', client: 'noor', from: 900, until: 30, place: 'bay three', parts: ['rowing rack', 'pontoon gate', 'roller door', 'ramp', 'workbench'], materials: ['douglas fir', 'marine ply', 'galvanised steel'] },
  { name: 'Studio move', mailbox: 'Projects/Studio move', client: 'viktor', from: 520, until: 240, place: 'the first floor', parts: ['model shelf', 'plotter', 'kitchen', 'mezzanine', 'spray booth'], materials: ['birch ply', 'linoleum', 'felt'] },
];
