import type { wishes as englishWishes } from '../en/wishes.ts';

export const wishes: typeof englishWishes = {
  againTitle: '¿Qué hay que preguntar otra vez?',
  wholeRun: 'la ejecución entera, desde el principio',
  howMuch: (node) => `Preguntar otra vez: ${node}`,
  onlyThis: 'Solo esto',
  onlyThisKey: 's',
  fromHere: 'De aquí en adelante',
  fromHereKey: 'd',
  askTitle: '¿Qué pregunta hay que hacer, pregunte lo que pregunte el árbol?',
  passed: 'ya preguntado',
  compareTitle: '¿A qué lugar hay que preguntarle lo mismo?',
  compareHint: "Otro pod como NOMBRE o NAMESPACE/NOMBRE, o una orden que se ejecuta allí: NOMBRE='ORDEN', por ejemplo node='ssh node-3'.",
  compareFault: (text) => `"${text}" no es ni un pod ni NOMBRE='ORDEN'.`,
  compareNotRunning: (pod) => `Ningún contenedor de ${pod} está en marcha: allí no se puede preguntar nada.`,
  comparing: (name) => `A ${name} se le pregunta lo mismo. Su salida lleva su nombre.`,
  notOpen: 'A esta ejecución no se le puede pedir más: r y luego intro la empieza otra vez.',
  besides: 'Preguntado aparte',
  said: (wish) => {
    switch (wish.kind) {
      case 'ask-again':
        return 'preguntado otra vez';
      case 'ask-node':
        return 'preguntado aparte';
      case 'compare':
        return 'a otro lugar se le pregunta lo mismo';
    }
  },
};
