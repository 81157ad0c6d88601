/**
 * Words of English to start from. Everyday words of a shop stay out ("bastard file", "cock", "tits" on the
 * feeder, "retard"): what is an insult only beside others stands here as a phrase.
 */
import type { StarterList } from './starter-list.ts';

export const english: StarterList = {
  insult: {
    3: `
      fuck*, fuk, fuks, fuking, fck, fcking, fcuk*, phuck*, fuq, motherfuck*, mothafuck*, clusterfuck*, cunt*,
      asshole*, arsehole*, assholes, dickhead*, shithead*, dipshit*, cocksucker*, wanker*, twat, twats, slut*,
      whore*, son of a bitch, sons of bitches, eat shit, stfu, kys, kill yourself, kill your self, go die,
      drop dead, die in a fire, hope you die, hope you choke, hope he dies, hope she dies, i will kill you,
      i'll kill you, gonna kill you, going to kill you, break your neck, smash your face, punch your face,
      beat you up, stupid bitch, dumb bitch, ugly bitch, you bitch, fat bitch, bitch ass, go hang yourself,
      shitbag*, shithole*, shit for brains, fkn, fkin, fking, phuk, kill urself, neck yourself, hope you rot,
      hope you get cancer, cockwomble*, gfy, smd, screw yourself, lick my balls`,
    2: `
      moron*, imbecile*, cretin*, you idiot*, such an idiot, are idiots, bunch of idiots, bloody idiot*,
      stupid idiot*, complete idiot*, you stupid, stupid cow, stupid people, are stupid, dumbass*, dumb ass,
      dumb fool, jackass*, asshat*, asswipe*, kiss my ass, your ass, fat ass, lazy ass, piece of shit, pieces
      of shit, full of shit, bullshit*, shitty, bastards, you bastard, lying bastard*, lousy bastard*, you
      prick, such a prick, complete prick, bunch of pricks, knobhead*, bellend*, douchebag*, douche bag*,
      scumbag*, you retard, fucktard*, a retard, such a retard, libtard*, are you retarded, you're retarded,
      is retarded, are retarded, you loser*, bunch of losers, a loser, losers, piss off, shut up, shut your*,
      gtfo, go to hell, rot in hell, screw you, up yours, get stuffed, bugger off, sod off, naff off, fat pig,
      fat cow, ugly cow, ugly pig, filthy pig, skank*, turd, turds, bloody liar*, you liar*, lying scum, bunch
      of clowns, bunch of thieves, bunch of crooks, bunch of liars, you thieves, thieving*, you clown*,
      tosser, tossers, dimwit*, halfwit*, nitwit*, numpty, numpties, brain dead, braindead, brainless,
      numbskull*, village idiot, waste of space, waste of oxygen, nobody likes you, you suck, arse, arses,
      butthead*, sack of crap, bunch of morons, what a dick, minger*, old hag, dirtbag*, sleazebag*, pathetic
      little, pathetic excuse, you scum, scumbags, you're an idiot, you are an idiot, are an idiot, is an
      idiot, what an idiot, you pricks, are pricks, what a prick, old prick, you fat, you muppet, absolute
      idiot, total idiot, you prat, plonker, stupid git, lying git, you jerk, bite me, butt ugly, ugly
      bastard*, effing idiot*, garbage human*, human garbage, you creep, you pig, you cow, you rat, trash
      human*`,
    1: `
      idiot*, stupid*, shit, shite, crap, bitch, bastard, prick, loser, pathetic, wtf, ffs, ass, liar*,
      clown*, crook*, thieves, thief, dumb, damn you, incompetent*, useless people, ripoff merchants,
      scammer*, con artist*, muppet, scum, muppets, bitches, dicks, pricks, an idiot, effing, effin, retarded,
      prat, jerk`,
  },
  hate: {
    3: `
      nigger*, nigga*, niggaz, faggot*, shemale*, chinks, chinky, ching chong, gook, gooks, spics, spic,
      wetback*, beaner*, kike, kikes, paki, pakis, raghead*, towelhead*, sandnigger*, camel jockey*, gyppo*,
      mudslime*, untermensch*, subhuman*, sub human*, heil hitler, sieg heil, white power, white pride, gas
      the jews, hitler was right, hitler did nothing, kkk, go back to africa, go back to your country, back to
      your own country, go back where you came, go back to where you came, dirty jew*, filthy jew*, dirty
      immigrant*, filthy immigrant*, dirty arab*, filthy arab*, dirty muslim*, filthy muslim*, dirty mexican*,
      filthy mexican*, dirty gypsy, dirty gypsies, filthy gypsies, dirty indian*, filthy indian*, dirty
      foreigner*, filthy foreigner*, negro, negroes, darkie*, sambo, golliwog*, dothead*, zipperhead*, slant
      eye*, homo scum, dirty homo*, filthy homo*, sodomite*, race traitor*, master race, death to jews, death
      to muslims, death to arabs, death to blacks, death to gays, death to immigrants, kill all jews, kill all
      muslims, kill all blacks, kill all gays, kill all immigrants, muzzies, sand monkey*, porch monkey*,
      jungle bunny, jungle bunnies, black monkey*, curry muncher*, chinaman, chinamen, half breed*, pikey*,
      wog, wogs, nignog*, jew boy*, jewish scum, jewish pig*, fudge packer*, feminazi*, holocaust never,
      holocaust was a, gas chambers, lynch them, lynch him, lynch her, back where you came from, dirty
      refugee*, filthy refugee*, dirty migrant*, filthy migrant*, towel head*`,
    2: `
      muslims are, muslims should, jews are, jews should, blacks are, blacks should, immigrants are,
      immigrants should, foreigners are, foreigners should, gypsies are, gypsies should, arabs are, arabs
      should, mexicans are, gays are, gays should, asians are, the jews, ban muslims, no muslims, no blacks,
      no jews, no gypsies, no foreigners here, a tranny, trannies, tranny*, ladyboy*, homos, fat dyke*, ugly
      dyke*, a chink, another chink, japs, mongoloid*, spastic*, spaz, spazz*, cripples, illegal aliens, great
      replacement, a fag, you fag, that's gay, poofter*, all muslims, all jews, all blacks, all gays, all
      gypsies, muslim terrorist*, islam is, refugees are, migrants are, back to the kitchen, women belong in,
      speak english or`,
    1: `
      hitler, nazi*, homo, fag, jews, muslims, gypsy, gypsies, cripple, foreigners, coon, chink, dyke, tranny,
      fags, coons, lesbo, lesbos`,
  },
  sexual: {
    3: `
      send nudes, nude pics, naked pics, dick pic*, dickpic*, blowjob*, blow job*, handjob*, hand job*,
      rimjob*, deepthroat*, cumshot*, gangbang*, bukkake*, anal sex, suck my, suck me off, my dick, your dick,
      big dick, your pussy, wet pussy, her pussy, eat pussy, tight pussy, my cock, big cock, your cock, suck
      cock, hard cock, jerk off, jerking off, wank, wanking, rape you, rape her, nice tits, big tits, your
      tits, her tits, show tits, show me your tits, show your tits, titties, cum on, cumming, creampie*,
      hentai, fuck her, fisting, sex slave*, milf, milfs, porn, porno, porns, pornstar*, pornograph*,
      pornhub*, sit on my face, clit, clits, lick my pussy, lick your pussy, lick my dick`,
    2: `
      nudes, horny, sexting, sext, sexcam*, sex cam*, sex chat, looking for sex, sex tonight, have sex, want
      sex, free sex, onlyfans, only fans, camgirl*, cam girl*, escort service*, call girl*, hot girls, hot
      singles, singles in your area, girls in your area, see me naked, see you naked, get naked, you naked,
      masturbat*, boobies, big boobs, nice boobs, your boobs, nice ass, hot ass, sexy ass, big ass, friends
      with benefits, adult dating, adult chat, sugar daddy, sugar baby, erotic massage, happy ending massage,
      orgy, threesome*, are you single, i'm so wet, make love to you, one night stand*, sexy pics, escort
      girl*, escorts available, spank me, nsfw, sexy girl*, sexy lady, sleep with you, feet pics, webcam
      girl*, boner, boners, thot, thots, adult video*`,
    1: `
      sex, sexual*, boobs, tits, pussy, cock, cum, dildo*, vibrator*, anal, xxx, naked, erotic*, penis,
      vagina*, nude, bdsm, orgasm*`,
  },
  scam: {
    2: `
      make money fast, make money online, make easy money, easy money, earn money*, money from home, week from
      home, day from home, month from home, be your own boss, passive income, financial freedom, get rich*,
      double your money, doubled my money, tripled my money, guaranteed profit*, guaranteed return*,
      guaranteed income, crypto trad*, crypto invest*, bitcoin trad*, bitcoin invest*, invest in bitcoin*,
      binary option*, investment opportunity, account manager on, online casino*, casino bonus, free spins,
      betting tips, sure bets, viagra*, cialis, no prescription*, without prescription*, online pharmacy,
      payday loan*, loans approved, loan approved, instant loan*, personal loans, loan offer*, no credit
      check*, pay with gift card*, paid in gift cards, gift card code*, claim your prize, claim your gift,
      claim your reward, claim your free, you have won, you've won, you won a, been selected as*, free
      iphone*, free gift card*, verify your account, confirm your account, unlock your account, account has
      been suspended, account will be suspended, redelivery fee, me on whatsapp, me on telegram, me on snap*,
      whatsapp me, text me on, text me at, dm me for*, dm for price*, spell caster*, spellcaster*, love
      spell*, your ex back, back your ex, bring back your lover, certified hacker*, ethical hacker*, hire a
      hacker, professional hacker*, recover your lost, recover lost, recover your funds, recover your bitcoin,
      lost funds, fund recovery, buy followers, instagram followers, get followers, buy likes, more followers,
      replica watch*, replica rolex, rolex cop*, rolex replica*, fake rolex, replica bag*, replica handbag*,
      fake id, fake ids, fake passport*, counterfeit money, seo service*, backlinks, rank your website, first
      page of google, western union, moneygram, nigerian prince, your inheritance, weight loss pills, lose
      weight fast, miracle cure, buy weed, selling weed, cocaine, mdma, your parcel is on hold, your package
      is on hold, me your card number, me your credit card, me your card details, me your bank details, me
      your password, me your verification code, text me the code, send me the code you, forex trad*, forex
      signals, invest with me, money no experience, daily profit*, profits daily, trading signals, expert
      trader*, free crypto, seed phrase, tramadol, xanax, oxycontin, adderall, iptv, cheap followers, likes
      and followers, buy reviews, reviews for sale, friends and family payment, paypal friends and family,
      cashapp, cash app, cloned cards, extra income, earn extra, earn up to, credit repair, debt relief, gift
      card giveaway, whatsapp number`,
    1: `
      bitcoin*, crypto*, casino*, whatsapp, telegram, snapchat, dm me, click here, click this link, click the
      link, click on this link, work from home, from home, psychic*, counterfeit*, sell it cheaper, cheaper
      price, limited offer, act now, message me, email me, verification code, card number, free gift,
      inheritance, contact me at, replica*, lottery, jackpot, nft, nfts, broker, side hustle, payment details,
      customs fee, airdrop, dollars a week, dollars per week, dollars a day, confirm your identity, update
      your payment`,
  },
  allow: `
    bastard file*, bastard cut, bastard sword, maine coon*, spic and span, pussy cat*, pussycat*, pussy
    willow*, pros and cons, pros or cons, great tits, blue tits, coal tits, long tailed tits, salad tosser*,
    chink of light, dick van dyke, tranny fluid, tranny oil, fag ends, cum laude, pen is, drop dead gorgeous,
    googol, faggots of, the knob head, fire retard*, isle of lesbos, island of lesbos, poorn*, sexton*,
    puttee*`,
};
