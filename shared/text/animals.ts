/** Animals that nobody minds being called by, in the same order in each language: our own list. */
const pairs: readonly (readonly [fr: string, en: string])[] = [
  ['écureuil', 'squirrel'], ['loutre', 'otter'], ['hérisson', 'hedgehog'], ['renard', 'fox'],
  ['castor', 'beaver'], ['belette', 'weasel'], ['lièvre', 'hare'], ['lynx', 'lynx'],
  ['chevreuil', 'roe deer'], ['cerf', 'stag'], ['élan', 'elk'], ['renne', 'reindeer'],
  ['bison', 'bison'], ['ours', 'bear'], ['panda', 'panda'], ['koala', 'koala'],
  ['kangourou', 'kangaroo'], ['wombat', 'wombat'], ['lama', 'llama'], ['alpaga', 'alpaca'],
  ['vigogne', 'vicuna'], ['tapir', 'tapir'], ['tatou', 'armadillo'], ['coati', 'coati'],
  ['suricate', 'meerkat'], ['mangouste', 'mongoose'], ['gazelle', 'gazelle'], ['antilope', 'antelope'],
  ['zèbre', 'zebra'], ['girafe', 'giraffe'], ['okapi', 'okapi'], ['lion', 'lion'],
  ['tigre', 'tiger'], ['léopard', 'leopard'], ['guépard', 'cheetah'], ['jaguar', 'jaguar'],
  ['ocelot', 'ocelot'], ['puma', 'puma'], ['caracal', 'caracal'], ['fennec', 'fennec'],
  ['loup', 'wolf'], ['chamois', 'chamois'], ['bouquetin', 'ibex'], ['mouflon', 'mouflon'],
  ['marmotte', 'marmot'], ['campagnol', 'vole'], ['gerbille', 'gerbil'], ['loir', 'dormouse'],
  ['phoque', 'seal'], ['otarie', 'sea lion'], ['morse', 'walrus'], ['dauphin', 'dolphin'],
  ['narval', 'narwhal'], ['béluga', 'beluga'], ['pieuvre', 'octopus'], ['nautile', 'nautilus'],
  ['hippocampe', 'seahorse'], ['tortue', 'turtle'], ['salamandre', 'salamander'], ['triton', 'newt'],
  ['rainette', 'tree frog'], ['gecko', 'gecko'], ['iguane', 'iguana'], ['caméléon', 'chameleon'],
  ['hirondelle', 'swallow'], ['martinet', 'swift'], ['mésange', 'titmouse'], ['pinson', 'finch'],
  ['rossignol', 'nightingale'], ['alouette', 'lark'], ['merle', 'blackbird'], ['loriot', 'oriole'],
  ['huppe', 'hoopoe'], ['geai', 'jay'], ['colibri', 'hummingbird'], ['toucan', 'toucan'],
  ['cacatoès', 'cockatoo'], ['martin-pêcheur', 'kingfisher'], ['héron', 'heron'], ['aigrette', 'egret'],
  ['cigogne', 'stork'], ['flamant', 'flamingo'], ['ibis', 'ibis'], ['cygne', 'swan'],
  ['sarcelle', 'teal'], ['macareux', 'puffin'], ['manchot', 'penguin'], ['albatros', 'albatross'],
  ['mouette', 'gull'], ['faucon', 'falcon'], ['milan', 'kite'], ['aigle', 'eagle'],
  ['chouette', 'owl'], ['grèbe', 'grebe'], ['coccinelle', 'ladybird'], ['libellule', 'dragonfly'],
]; // prettier-ignore

export const animals: Readonly<Record<'fr' | 'en', readonly string[]>> = {
  fr: pairs.map(([fr]) => fr),
  en: pairs.map(([, en]) => en),
};
