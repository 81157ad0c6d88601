/**
 * Words of French to start from. Everyday words of a shop stay out ("pédale", "chatte", "retard", "tapette à
 * souris"): what is an insult only beside others stands here as a phrase.
 */
import type { StarterList } from './starter-list.ts';

export const french: StarterList = {
  insult: {
    3: `
      fils de pute, fils de putes, fdp, ntm, nique ta mère, nique ta race, niquez vos mères, nique tes morts,
      encule*, va te faire foutre, aller vous faire foutre, allez vous faire foutre, se faire foutre, va te
      faire mettre, va te faire encul*, sale pute, pute, putes, grosse pute, connard*, conard*, konnard*,
      connasse*, conasse*, suicide toi, va te pendre, je vais te tuer, je vais te buter, je vais te crever,
      bouffe ta merde, mange tes morts, trou du cul, trouduc*, crève salope, te casser la gueule, te péter la
      gueule, lui casser la gueule, crève charogne, va crever connard*, va te faire voir, salope, salopes,
      vtff, fils de chien, sac à merde, mange merde, mal baisée, je te pisse dessus, crevez tous, allez crever`,
    2: `
      ta gueule, vos gueules, ferme la gueule, ftg, gros con, grosse conne, sale con, pauvre con, petit con,
      vieux con, quel con, quelle conne, espèce de con, espèce de conne, bande de cons, bande de con, tête de
      con, es con, tes con, un con, les cons, des cons, conne, connes, crétin*, espèce d'idiot*, pauvre
      idiot*, sale idiot*, espèce de débile*, pauvre débile*, gros débile*, sale débile*, type débile, espèce
      d'imbécile*, pauvre imbécile*, enfoiré*, enfoirée*, sale bâtard*, espèce de bâtard*, fils de bâtard*,
      gros bâtard*, bande de bâtards, sale ordure*, espèce d'ordure, salaud*, salopard*, salop, tête de noeud,
      branleur*, va chier, grosse merde, sale merde, tas de merde, espèce de merde, es une merde, êtes des
      merdes, bande de merdes, bande de merde, merdeux, merdeuse*, je t'emmerde, je vous emmerde, on
      t'emmerde, vous emmerde, casse toi, cassez vous, casse couille*, pauvre type*, pauvre tache*, pauvre
      cloche, pauvre naze, gros naze, gros nul, bande de nuls, bande de nazes, bande d'incapable*, tocard*,
      boloss*, pouffiasse*, poufiasse*, pétasse*, grognasse*, nique, niquer, niquez, niquée, lèche cul*, ferme
      ta bouche, ferme ta grande, gogol, triso, attardé mental, sous merde*, gros porc, grosse vache, grosse
      truie, sale clochard*, clodo*, cassos, duconnard, ducon, tête à claques, tronche de cake, face de rat,
      bande de voleurs, bande d'escrocs, bande de guignols, bande de clowns, bande de charlots, gueule de con,
      vous êtes des menteurs, sale menteur*, sale voleur*, sale race, gros blaireau, quel blaireau, espèce de
      blaireau, espèce de fumier, gros fumier, quel fumier, sale chienne, gros pd, abruti, abrutis, abrutie,
      abruties, bouffon, bouffons, bouffonne, bouffonnes, raclure de, sale raclure, trou de balle, tête de
      gland, gros lard, enflure, crevard*, couillon*, peigne cul, petite merde, pauvre merde, pauvre abruti*,
      pauvre mec, trop con, si con, aussi con, débile mental*, bande de débiles, tous des débiles, tous des
      cons, feignasse*, bande de bras cassés, gros dégueulasse, sale type, espèce de porc, espèce de chien,
      grosse dinde, vieille peau, vieille folle, putain de connard*, ordures humaines, nullos, neuneu, face de
      cul, gros nullard, va au diable, va te faire cuire, bande de bons à rien, bande de tocards, bande de
      fainéants`,
    1: `
      con, cons, débile*, imbécile*, idiot*, bâtard*, putain, putains, merde, merdes, merdique*, connerie*,
      foutre, fait chier, font chier, tg, couille*, branle*, minable*, mon cul, ton cul, voleur*, escroc*,
      menteur*, honte à vous, dégage, dégagez, la ferme, nullard*, incompétent*, guignol*, charlot*, demeuré*,
      emmerdez, saloperie*`,
  },
  hate: {
    3: `
      nègre, nègres, négresse*, négro, négros, sale noir, sale noire, sales noirs, sale arabe*, sales arabes,
      sale juif*, sales juifs, sale juive*, sale musulman*, sales musulmans, sale chinois*, sales chinois*,
      sale rom, sales roms, sale gitan*, sales gitans, sale immigré*, sales immigrés, sale étranger*, sales
      étrangers, sale polack*, sale blanc, sales blancs, sale handicapé*, sale homo, sales homos, sale
      lesbienne*, sale trans, sale rebeu*, sale turc, sale roumain*, sale pd, sale pédé*, sale pédale*,
      youpin*, youtre*, bougnoul*, bougnoule*, bicot*, bamboula*, crouille*, niakoué*, niakwé*, chintok*,
      chinetoque*, bridé de merde, face de citron, pédé, pédés, tarlouze*, tafiole*, tantouze*, fiotte*,
      gouine*, sale tapette*, espèce de tapette*, grosse tapette*, mort aux arabes, mort aux juifs, mort aux
      noirs, mort aux musulmans, mort aux pédés, mort aux étrangers, mort aux homos, mort aux blancs, heil
      hitler, sieg heil, vive hitler, hitler avait raison, vive le nazisme, les gazer, au four les, chambre à
      gaz, chambres à gaz, retourne dans ton pays, rentre dans ton pays, retournez dans votre pays, rentrez
      dans votre pays, retourne en afrique, retourne au bled, dehors les arabes, dehors les étrangers, dehors
      les immigrés, dehors les noirs, dehors les juifs, dehors les musulmans, la france aux français, race
      inférieure, sous race, sous hommes, sous homme, travelo, travelos, arabe de merde, arabes de merde, juif
      de merde, juifs de merde, noir de merde, noirs de merde, chinois de merde, pd de merde, pédé de merde,
      sale gay, sale manouche, sales manouches, manouche de merde, romanichel*, négroïde*, arabes dehors,
      juifs dehors, noirs dehors`,
    2: `
      les arabes sont, les juifs sont, les musulmans sont, les chinois sont, les roms sont, les gitans sont,
      les arabes tous, les juifs contrôlent, les arabes volent, pas aux arabes, pas aux noirs, pas aux juifs,
      chez les arabes, espèce de mongol*, gros mongol*, sale mongol*, mongolito*, mongolien*, espèce de
      singe*, bande de singes, sale macaque*, boche, boches, feuj*, rebeu de merde, grand remplacement, c'est
      un pd, bande de pd, gros pd, espèce de pd, les gays sont, les pédales sont, les homos sont, les
      manouches sont, les handicapés sont, retourne à la cuisine, retourne dans ta cuisine, l'islam dehors`,
    1: `
      hitler, nazi*, tapette*, rital, mongol, les étrangers, les immigrés, les arabes, les juifs`,
  },
  sexual: {
    3: `
      porno*, pornograph*, plan cul, plans cul, plan q, suce ma, suce moi, suce mon, sucer ta bite, ma bite,
      ta bite, la bite, grosse bite, bite dure, montre ta chatte, lécher la chatte, lèche ma chatte, chatte
      mouillée, chatte rasée, te baiser, la baiser, me baiser, baise moi, je baise, tu baises, on baise,
      baiserais, baiserai, gangbang*, bukkake*, partouze*, sodomi*, fellation*, éjacul*, gorge profonde, te
      violer, vais te violer, escort girl*, branlette*, me branler, te branler, se branler, grosse queue, suce
      ma queue, ma queue dure, nudes, photo de ta chatte, photo de tes seins, montre tes fesses, ton gros cul,
      gros cul, beau cul, son cul, bouffer le cul, cunnilingus, tu suces, vous sucez, suceuse*, photo de toi
      nue, mets toi nue, montre tes seins, montre toi nue, me fais bander, te fais bander, mon gros sexe, mon
      sexe, ta queue`,
    2: `
      nichon*, sexcam, sexe en cam, cam sexe, plan cam, cam coquine, webcam coquine, rencontre coquine*,
      rencontres coquines, rencontre sexe, massage érotique*, massage sexuel*, massage naturiste, tailler une
      pipe, faire une pipe, une petite pipe, je bande, tu bandes, tu mouilles, cunni, film x, films x, photos
      coquines, photo coquine, photos nues, baise, vidéo x, vidéos x, sexe gratuit, sexe ce soir, envie de
      sexe, plan à trois, chaudasse*, call girl*, ma coquine, petite coquine, grosse cochonne, petite
      cochonne, ma cochonne, t'es bonne, prendre en levrette, sexto, sextos, nibard*, nibards, faire l'amour
      avec toi, coucher avec toi, coucher avec moi, tu couches, plan sexe, sexe avec, jolies fesses, belles
      fesses, snap coquin, onlyfans, je te prendrais, je te ferais des, lécher tes`,
    1: `
      sexe, sexuel*, érotique*, pénis, vagin*, clitoris, orgasme*, gode, godes, escort, escorts, bite, tes
      seins, gros seins, anal, anale, libertin*, nichons`,
  },
  scam: {
    2: `
      maître marabout, grand marabout, marabout maître, marabout africain, voyant médium, voyance gratuite,
      retour d'affection, retour affectif, retour de l'être aimé, désenvoûtement*, prêt entre particulier*,
      prêt d'argent, offre de prêt*, prêt rapide, crédit rapide, crédit sans justificatif*, rapide sans
      justificatif*, crédit urgent, faux billet*, faux papiers, faux permis, permis de conduire sans, coupon
      pcs, coupons pcs, recharge pcs, ticket pcs, tickets pcs, transcash, neosurf, western union, mandat cash,
      moneygram, carte pcs, rendement garanti*, gains garantis, gain garanti, bénéfices garantis, investissez
      en bitcoin*, investir en bitcoin*, investissement crypto*, placement crypto*, trading crypto*, options
      binaires, gagner de l'argent, gagnez de l'argent, argent facile, argent rapide, gagnez jusqu'à, gagnez
      plus de, devenez riche*, devenir riche*, revenus passifs, revenu passif, revenus complémentaires,
      complément de revenu*, sans rien faire, liberté financière, travail à domicile, travailler à domicile,
      travaillez à domicile, dropshipping, casino en ligne, bonus sans dépôt, offert sans dépôt, tours
      gratuits, pronostics sûrs, viagra*, cialis, achetez des followers, acheter des followers, acheter des
      abonnés, achetez des abonnés, abonnés instagram, followers instagram, vues youtube, notre hacker*,
      hackeur*, pirater un compte, récupérer votre compte, récupérer ton compte, récupération de fonds, vous
      avez gagné un*, vous êtes l'heureux gagnant, félicitations vous avez, vous avez été tiré au sort, votre
      colis est bloqué, colis est en attente, payer les frais ici, code reçu par sms, code par sms, ton code
      sms, votre code sms, ajoute moi sur, ajoutez moi sur, contacte moi sur, contactez moi sur, écris moi
      sur, écrivez moi sur, rejoins moi sur, moi sur whatsapp, moi sur telegram, moi sur snap*, moi sur
      insta*, répliques de montre*, réplique rolex, répliques rolex, montres répliques, fausse rolex, fausses
      rolex, sacs répliques, vends weed, vends beuh, vends shit, vends cocaïne, cbd pas cher, perdre 10 kilos,
      perdez 10 kilos, maigrir sans effort, payez moi directement, payer hors du site, paiement hors site,
      réglez les frais ici, payez les frais ici, trading forex, forex trading, envoyez moi vos numéros de
      carte, envoyez moi votre numéro de carte, envoie moi ton numéro de carte, donnez moi votre numéro de
      carte, donne moi ton numéro de carte, donnez moi votre mot de passe, donne moi ton mot de passe, envoyez
      moi votre mot de passe, moi vos coordonnées bancaires, moi tes coordonnées bancaires, moi vos
      identifiants, moi le code reçu, moi ton code reçu, moi votre code reçu, prêt personnel à, propose des
      prêts, colis retenu, colis bloqué en douane, iptv, abonnement iptv, iphone gratuit, acheter des avis,
      achetez des avis, rituel d'amour, diplôme sans examen, cartes clonées, cartes bancaires clonées, paypal
      entre proches, lien dans ma bio, carte cadeau gratuite, cartes cadeaux gratuites`,
    1: `
      marabout*, voyance*, bitcoin*, crypto*, trading, casino*, paris sportifs, whatsapp, telegram, snapchat,
      cliquez ici, clique ici, cliquez sur ce lien, en mp, en message privé, en privé, moins cher ailleurs, je
      vends la même, je vends le même, je te fais un prix, contrefaçon*, depuis chez vous, depuis chez toi,
      ajoute moi, contactez moi, contacte moi, écrivez moi, numéro de carte, promo exclusive, offre limitée,
      sans ordonnance, hacker*, mon site, ma boutique en ligne, héritage, loterie, formation offerte,
      formation gratuite, numéro whatsapp, euros par jour, euros par semaine`,
  },
  allow: `
    pique nique*, pain bâtard, pains bâtards, tapette à souris, tapettes à souris, tapette à mouche*, tapettes
    à mouches, cul de sac, cul de poule, cul de bouteille, cul de lampe, queue d'aronde, détecteur de faux
    billets, détecteurs de faux billets, bitte*, pelle à merde, raton laveur, mort aux rats, guignol en bois,
    sexe du chiot, sexe de l'animal, con brio, chili con carne, bouffon du roi, baisse, baisses, baissent,
    baissé*, baisser*, baissez, salopette*, négro spiritual*, pûtes`,
};
