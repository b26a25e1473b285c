import { numberOf, shareOf } from './random.ts';

const WORDS = `about above across after again against agree almost alone along already also although always among
another answer anybody argue article ask autumn away bad bakery bank because become before begin behind believe below
beside better between beyond bicycle bill bridge bring brother budget build bus business busy call captain car care
careful catch cause centre certain chance change cheap child choose citizen city claim clear clerk close coast cold
come comment common community compare complain concern consider contract corner cost council count country course
cover crossing crowd cut daily danger date daughter day decide deep delay depend describe detail difference doctor
doubt down drive dry early earn east easy edge editor election else empty engine enough entire even evening every
evidence exactly example except expect expensive explain fact fair family farm fast father favour feel ferry few
figure final find fine finish firm first fix floor follow food force forget forward free fresh friend front full
future garden general give glad good government great ground group grow guess half happen harbour hard hear heavy help
hill history hold home honest hope hospital hour house however hundred idea important improve increase inside instead
interest island issue job join journey judge keep kind kitchen know ladder land large last late later law lead learn
leave less letter level library light line listen little live local lock long look lose loud low machine main make
manage many market matter maybe mayor mean measure meet memory middle might mile mind minute miss modern money month
morning mother move much museum music name narrow near necessary need neighbour never new news next night noise north
note nothing notice number ocean offer office often old once only open opinion order other outside over own page paper
parent park part past pay people perhaps person piece plan play point police poor possible power practice present price
private problem produce project promise proof public quarter question quick quiet quite rail rain raise rather reach
read ready real reason record reduce remember rent repair reply report rest result return rich right river road roof
rule run safe same save say school sea season second seem sell send sense serious service several share ship short show
side sign simple since single sister site size slow small snow some soon sort sound south space speak special spend
spring stand start station stay step still stone stop storm story street strong student study such suggest summer sure
surprise system table take talk tax teacher tell term thing think though thousand ticket time tired today together
tomorrow tonight town trade traffic train travel tree trouble true trust try tunnel turn under understand union until
use usual value vehicle village visit voice vote wait walk wall want warm waste watch water weather week welcome west
whether while whole why wide wind window winter wish without woman wonder word work world worry worth write wrong year
yesterday yet young`.split(/\s+/);

const FIRST_NAMES = `Ada Alma Anton Bela Carla Dario Edda Emil Farah Finn Greta Hanna Ida Ilja Ines Jonas Kira Lars
Lena Mats Mira Nils Noor Olga Otto Paula Rosa Ruben Sara Selim Tara Theo Uma Vera Yara Zeno`.split(/\s+/);
const LAST_NAMES = `Aalto Berg Castro Dahl Ekman Falk Grau Holm Iversen Jansen Keller Lind Moreau Novak Olsen Petrov
Quist Rossi Silva Tamm Ulrich Varga Weber Young Zeller`.split(/\s+/);

/** Numbers of a comment from here on belong to its words; see numberOf. */
const WORD_NUMBERS = 1_000;

const SHORTEST = 15;
const LONGEST = 5_000;

/** The spread of lengths around their mean: half are shorter than two thirds of it, one in ten is twice as long. */
const SPREAD = 0.9;

/** The length of a comment in letters. Lengths of comments are log-normal: most are short, a few are very long. */
export function lengthOf(comment: number, mean: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - shareOf(comment, 24))) * Math.cos(2 * Math.PI * shareOf(comment, 25));
  const length = Math.round(mean * Math.exp(SPREAD * normal - SPREAD ** 2 / 2));
  return Math.min(LONGEST, Math.max(SHORTEST, length));
}

/** Long texts have paragraphs of about this many letters. */
const PARAGRAPH = 350;

/** Sentences of four to fourteen words up to that length, in paragraphs; always the same for the same comment. */
export function paragraphsOf(comment: number, length: number): string[] {
  let use = WORD_NUMBERS;
  const draw = () => {
    use += 1;
    return numberOf(comment, use);
  };
  const paragraphs: string[] = [];
  let text = '';
  for (let left = length; left > 0; ) {
    let sentence = '';
    for (let words = 4 + (draw() % 11); words > 0; words -= 1) sentence += ` ${WORDS[draw() % WORDS.length]}`;
    sentence = `${sentence.charAt(1).toUpperCase()}${sentence.slice(2)}`.slice(0, Math.max(1, left - 1)).trimEnd();
    text += `${text === '' ? '' : ' '}${sentence}.`;
    left -= sentence.length + 2;
    if (text.length >= PARAGRAPH || left <= 0) {
      paragraphs.push(text);
      text = '';
    }
  }
  return paragraphs;
}

export function nameOf(reader: number): string {
  return `${FIRST_NAMES[reader % FIRST_NAMES.length]} ${LAST_NAMES[Math.floor(reader / FIRST_NAMES.length) % LAST_NAMES.length]}`;
}

export function headlineOf(article: number): string {
  const words = Array.from({ length: 6 }, (_, word) => WORDS[numberOf(article, 500 + word) % WORDS.length]);
  const headline = words.join(' ');
  return headline.charAt(0).toUpperCase() + headline.slice(1);
}
