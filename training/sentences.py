"""Conflict news written for training: templates and name lists of our own, with entity labels only.

A template is text with slots in braces; `{PER}`, `{ORG}`, `{LOC}`, `{FAC}`, `{NORP}`, `{WEAPON}`, `{EVENT}` and
`{MISC}` are labelled, the other slots (`{title}`, `{n}`, `{group}` ...) are not. Some names are made up of syllables.
Templates and names whose turn (every tenth) is held out never occur in training; `python sentences.py` prints some.
"""

import random
import re
from pathlib import Path

import pools
from treebank import Example

HERE = Path(__file__).parent
SEED = 77

GIVEN = {
    "arab": "Ahmed Mahmoud Khalil Youssef Ibrahim Tariq Samir Nabil Hassan Hussein Omar Bilal Ziad Walid Adel Fadi Rami Jamal Nasser Munir Sami Anwar Faris Hatem Ismail Marwan Mazen Wael Yahya Zaher Fatima Aisha Layla Huda Samira Nour Rania Amal Mariam Dalia Abdulrahman Abdelkader Abdulmalik Muqtada Saleh Taha".split(),
    "slav": "Oleksandr Andriy Serhiy Dmytro Vitaliy Ihor Mykola Iryna Olena Oksana Sergei Dmitry Igor Maria Alexei Anatoly Yuri Viktor Natalia Tatiana Yevgeny Denis Maksym Bohdan Taras Ruslan Valery Konstantin Milan Dragan Goran Zoran".split(),
    "anglo": "John Mark Sarah Emily David Robert Linda Karen James Peter Helen Laura Patrick Kevin Susan Michael Thomas Andrew Rachel Claire Stephen George Anna Julia Neil Brian Diane Jake Antony Lloyd".split(),
    "africa": "Abdoulaye Moussa Amadou Ibrahima Fatou Aminata Kwame Kofi Chinedu Ngozi Bola Tunde Emeka Haile Tesfaye Getachew Abebe Mulugeta Almaz Jean-Pierre Patrice Joseph Emmanuel Claude Didier Salva Deng Abdi Hodan Yusuf Musa Kiprop Wanjiru Mamadou Oumar Seydou".split(),
    "asia": "Min Aung Thein Kyaw Naw Rajesh Sunil Priya Anil Deepak Imran Bilal Asif Nadeem Zahid Gul Zabihullah Wei Jun Li Hiroshi Kenji Yuki Ferdinand Rodrigo Jose Nur Hasan Siti Arjun Kavita Nilar Tin Sirajuddin Haji Mullah".split(),
    "latin": "Carlos Juan Luis Miguel Jorge Ana Lucia Rosa Diego Andres Camila Ricardo Gustavo Fernando Elena Pablo Ivan Alejandro Hector Marta".split(),
    "hebrew": "Yossi Avi Eyal Daniel Yair Noam Amir Gilad Tamar Michal Ronen Uri Itzik Moshe Shira Dov Naftali Yoav Benny Herzi".split(),
    "europe": "Hans Jens Pierre Francois Marie Ursula Giorgia Matteo Josep Charles Annalena Olaf Erik Lars Ingrid Katja Mette Jean-Noel Margaritis Kaja Petteri".split(),
    "turk": "Mehmet Ahmet Hakan Murat Ayse Elif Mustafa Emre Hulusi Fahrettin Ilham Hikmet Farhad Reza Hossein Mohsen Ali Zahra Masoud Esmail Qasem Mehdi".split(),
}
FAMILY = {
    "arab": "al-Masri Haddad Khoury Mansour Saleh Nasrallah al-Jabari Shehadeh Qassem al-Houthi al-Bashir Hamdan Darwish Abu-Rish Zoubi al-Amin Suleiman Obeid al-Tikriti Barakat Najjar al-Sudani Haidar Berri Mikati Rajoub al-Nuaimi Salameh Ghannam Aoun Dagalo Burhan al-Sharaa Abdallah Hamad Saadi Khatib al-Araj Kanaan".split(),
    "slav": "Kovalenko Shevchenko Bondarenko Tkachenko Syrsky Petrenko Melnyk Ivanov Petrov Volkov Sokolov Kuznetsov Peskov Zakharova Lavrov Belousov Danilov Podolyak Yermak Budanov Kuleba Zelensky Fedorov Ignatov Starovoit Gladkov Vucic Jovanovic Petrovic".split(),
    "anglo": "Miller Johnson Sullivan Kirby Blake Thompson Harris Walker Clarke Bennett Cooper Hughes Morgan Ryder Singh Dujarric Price Patel Austin Wilson Carter Murphy Kelly Fletcher Stone Bradley Hayes McGurk".split(),
    "africa": "Traore Diallo Keita Goita Ouedraogo Mensah Okafor Adeyemi Tinubu Abiy Gebremichael Reda Wolde Kagame Tshisekedi Ndayishimiye Machar Kiir Mohamud Warsame Farah Omar Ruto Odinga Nkurunziza Kabila Bemba Katanga Muyaya Nangaa Makenga Bazoum Tchiani Sankara".split(),
    "asia": "Hlaing Oo Win Kyi Shwe Khan Mujahid Sharif Bhutto Malik Afridi Mehsud Sharma Verma Gupta Reddy Jaishankar Doval Zhang Wang Chen Tanaka Kim Park Marcos Duterte Santos Widodo Prabowo Haqqani Akhundzada Muttaqi Baloch Rajapaksa Perera".split(),
    "latin": "Hernandez Gomez Rodriguez Martinez Petro Maduro Lopez Gonzalez Ramirez Castillo Vargas Morales Ortega Noboa Rojas Mendoza Guzman Marquez Duque".split(),
    "hebrew": "Cohen Levi Gallant Halevi Hagari Katz Gantz Lapid Ben-Gvir Smotrich Mizrahi Friedman Peretz Barnea Dermer Eisenkot Shapira Golan Adraee Navon".split(),
    "europe": "Borrell Michel Macron Scholz Baerbock Meloni Crosetto Stoltenberg Rutte Kallas Orpo Lammy Barrot Dubois Lefevre Schmidt Becker Jansen Larsen Nilsson Rossi Schinas Eide".split(),
    "turk": "Yilmaz Demir Kaya Fidan Guler Akar Altun Aliyev Hajizada Mirzoyan Pashinyan Grigoryan Raisi Araghchi Salami Hajizadeh Zarif Bagheri Pezeshkian Larijani Soleimani Ghaani".split(),
}
PLACES = """Rafah|Khan Younis|Deir al-Balah|Beit Lahia|Jabalia|Nabatieh|Khiam|Aita al-Shaab|Baalbek|Tulkarem|Jenin|Masafer Yatta|Kiryat Shmona|Metula|Sderot|Ashkelon|Nir Oz|Safed|Nahariya|Deir Ezzor|Idlib|Saraqib|Manbij|Sweida|Qamishli|Hasakah|Tal Rifaat|Mosul|Sinjar|Tuz Khurmatu|Diyala|Hodeidah|Marib|Saada|Taiz|Ras Isa|Pokrovsk|Kupiansk|Chasiv Yar|Vovchansk|Toretsk|Kramatorsk|Sumy|Kryvyi Rih|Zaporizhzhia|Mykolaiv|Nikopol|Kherson|Sudzha|Belgorod|Bryansk|Engels|Rostov-on-Don|Stepanakert|Lachin|Syunik|El Fasher|Omdurman|Wad Madani|Nyala|Geneina|Port Sudan|El Obeid|Malakal|Bentiu|Abyei|Goma|Sake|Masisi|Bukavu|Beni|Bunia|Rutshuru|Kismayo|Beledweyne|Galkayo|Baidoa|Mekelle|Gondar|Lalibela|Adwa|Shashamane|Tillaberi|Diffa|Gao|Kidal|Menaka|Djibo|Dori|Kaya|Maiduguri|Chibok|Zamfara|Kaduna|Plateau State|Mueda|Palma|Mocimboa da Praia|Myawaddy|Lashio|Laukkai|Sittwe|Loikaw|Mandalay|Marawi|Jolo|Basilan|Bajaur|Khyber|Quetta|Gwadar|Turbat|Dera Ismail Khan|Helmand|Kunduz|Nangarhar|Khost|Pulwama|Kupwara|Poonch|Imphal|Churachandpur|Cauca|Catatumbo|Arauca|Buenaventura|Culiacan|Tijuana|Michoacan|Port-au-Prince|Cite Soleil|Esmeraldas|Guayaquil|Ayacucho|Gaza City|the Gaza Strip|the West Bank|the Red Sea|the Black Sea|the Golan Heights|northern Sinai|the Gulf of Aden|the Bab al-Mandab Strait|the South China Sea|the Donbas|Kharkiv|Donetsk|Luhansk|Crimea|Odesa|Kyiv|Lviv|Moscow|Kazan|Grozny|Makhachkala|Tehran|Isfahan|Baghdad|Erbil|Kirkuk|Anbar|Damascus|Aleppo|Homs|Latakia|Beirut|Tyre|Sidon|Jerusalem|Tel Aviv|Haifa|Ramallah|Nablus|Hebron|Cairo|Doha|Riyadh|Sanaa|Aden|Khartoum|Juba|Addis Ababa|Mogadishu|Nairobi|Kampala|Kinshasa|Bamako|Niamey|Ouagadougou|N'Djamena|Abuja|Tripoli|Benghazi|Sirte|Tunis|Kabul|Kandahar|Islamabad|Peshawar|Karachi|Srinagar|New Delhi|Dhaka|Yangon|Naypyidaw|Bangkok|Manila|Beijing|Taipei|Seoul|Pyongyang|Bogota|Caracas|Ankara|Istanbul|Diyarbakir|Baku|Yerevan|Tbilisi|Warsaw|Brussels|Geneva|Vienna|London|Paris|Berlin|Washington|New York|Syria|Iraq|Iran|Israel|Lebanon|Jordan|Egypt|Yemen|Sudan|South Sudan|Ethiopia|Eritrea|Somalia|Kenya|Mali|Niger|Burkina Faso|Nigeria|Chad|Cameroon|Libya|Ukraine|Russia|Belarus|Moldova|Georgia|Armenia|Azerbaijan|Turkey|Afghanistan|Pakistan|India|Myanmar|China|Taiwan|North Korea|South Korea|Japan|Philippines|Colombia|Venezuela|Ecuador|Haiti|Mexico|Qatar|Saudi Arabia|the United Arab Emirates|the United States|the United Kingdom|France|Germany|Poland|Rwanda|Uganda|Burundi|Mozambique|the Central African Republic|the Democratic Republic of Congo|Gaza|Palestine|the US|the UK|the U.S.|Britain|Kosovo|Serbia|Bosnia""".split("|")
ORGS = """Hamas|Hezbollah|Islamic Jihad|the Houthis|Ansar Allah|the Islamic State|ISIS|ISIL|Daesh|al-Qaeda|al-Shabaab|Boko Haram|ISWAP|JNIM|Hayat Tahrir al-Sham|HTS|the Taliban|the TTP|the Haqqani network|the PKK|the YPG|the SDF|the Syrian Democratic Forces|the Free Syrian Army|the Syrian National Army|the Wagner Group|the Rapid Support Forces|the RSF|the Sudanese Armed Forces|M23|the ADF|CODECO|the FDLR|the Fano militia|the Oromo Liberation Army|the TPLF|the Arakan Army|the Kachin Independence Army|the Karen National Union|the NPA|Abu Sayyaf|the ELN|FARC|the Clan del Golfo|the Sinaloa Cartel|Lashkar-e-Taiba|Jaish-e-Mohammed|the Balochistan Liberation Army|Kataib Hezbollah|the Popular Mobilization Forces|the Qassam Brigades|the al-Quds Brigades|the Radwan Force|the Islamic Revolutionary Guard Corps|the IRGC|the Quds Force|the Israel Defense Forces|the IDF|Shin Bet|Mossad|the Israeli Air Force|the Ukrainian Air Force|the SBU|the FSB|the GRU|the Kremlin|the Pentagon|the White House|the State Department|CENTCOM|US Central Command|NATO|the United Nations|the UN|the UN Security Council|UNIFIL|UNRWA|UNHCR|UNICEF|OCHA|MONUSCO|the African Union|the European Union|the EU|the Arab League|ECOWAS|IGAD|the OSCE|the IAEA|the International Criminal Court|the ICC|the International Court of Justice|the Red Cross|the ICRC|the Palestinian Red Crescent Society|the White Helmets|the Syrian Observatory for Human Rights|Human Rights Watch|Amnesty International|Doctors Without Borders|MSF|the World Food Programme|the World Health Organization|Save the Children|Reuters|AFP|the Associated Press|AP|the BBC|CNN|Al Jazeera|Al-Mayadeen|Al-Manar TV|SANA|TASS|RIA Novosti|Interfax|Ukrinform|Anadolu Agency|IRNA|Fars News Agency|Tasnim|WAFA|Xinhua|the New York Times|the Washington Post|Haaretz|the Times of Israel|Channel 12|Axios|Sky News|Dawn|Geo News|the Hindu|Radio Dabanga|the Gaza Health Ministry|the Lebanese Health Ministry|the Foreign Ministry|the Ministry of Defence|the Russian Defense Ministry|the Interior Ministry|the General Staff|the Knesset|the State Duma|the Verkhovna Rada|Congress|the Senate|Fatah|the Palestinian Authority|the PLO|Likud|the Houthi movement|Boeing|Maersk|Gazprom|Rosatom|Naftogaz|the Wagner mercenary group|the Sudan Doctors Network|the Ethiopian Human Rights Commission|Airwars|ACLED|the International Crisis Group|the Institute for the Study of War|the Joint Command North|the 36th Division|the 47th Mechanized Brigade|the Azov Brigade|the Akhmat battalion|the Golani Brigade|the Lebanese Armed Forces|the Lebanese Army|the Iraqi Army|the Pakistan Army|the Myanmar military|the Border Security Force|the Somali National Army""".split("|")
FACS = """al-Shifa Hospital|Nasser Hospital|Kamal Adwan Hospital|the Kerem Shalom crossing|the Rafah crossing|the Erez crossing|Ben Gurion Airport|Hmeimim Air Base|Ain al-Asad air base|Tower 22|al-Udeid Air Base|Nevatim Airbase|the Ramat David base|the Kerch Bridge|the Crimean Bridge|the Antonivsky Bridge|the Zaporizhzhia Nuclear Power Plant|the Kakhovka dam|the Natanz nuclear facility|Fordow|Evin Prison|the Nuseirat refugee camp|the Jenin refugee camp|the Balata camp|the Ain al-Hilweh camp|the Bourj el-Barajneh camp|Zamzam camp|the Azovstal steel plant|the Al-Aqsa Mosque|the Crocus City Hall|the Port of Hodeidah|Sevastopol port|Damascus International Airport|Aleppo airport|Khartoum International Airport|Mogadishu airport|Camp Simba|the Merowe airport|Engels air base|the Iranian consulate|the Belaya airbase|Tahrir Square|the Lion Hotel|the SYL Hotel|Sednaya prison|the al-Hol camp|Omar oil field|the Conoco gas field|the Baiji refinery|Highway 60|the Jabalia school|al-Tabin school|the Litani bridge""".split("|")
NORPS = """Israeli Palestinian Lebanese Syrian Iraqi Iranian Yemeni Saudi Emirati Qatari Egyptian Jordanian Turkish Kurdish Ukrainian Russian Chechen Belarusian Polish Georgian Armenian Azerbaijani Sudanese Ethiopian Eritrean Somali Kenyan Ugandan Rwandan Congolese Burundian Malian Nigerien Nigerian Burkinabe Chadian Cameroonian Libyan Tunisian Algerian Moroccan Afghan Pakistani Indian Bangladeshi Burmese Chinese Taiwanese Japanese Filipino Colombian Venezuelan Haitian Mexican American British French German Sunni Shiite Shia Christian Druze Alawite Yazidi Muslim Jewish Islamist Tuareg Fulani Hazara Pashtun Rohingya Tigrayan Amhara Oromo""".split()
PEOPLES = """Israelis Palestinians Syrians Iraqis Iranians Ukrainians Russians Americans Afghans Pakistanis Indians Somalis Ethiopians Turks Kurds Armenians Houthis Egyptians Jordanians Nigerians Christians Muslims Shiites Sunnis Druze Yazidis Alawites Rohingya Tigrayans Jews Britons Thais""".split()
WEAPONS = """Shahed-136 drones|Shahed drones|an Iskander-M ballistic missile|Kinzhal missiles|Kalibr cruise missiles|Kh-101 cruise missiles|ATACMS missiles|HIMARS rocket launchers|Storm Shadow missiles|Patriot interceptors|S-300 missiles|S-400 air defense systems|an F-16 fighter jet|F-35 jets|Su-34 bombers|a Mi-8 helicopter|Leopard 2 tanks|M1 Abrams tanks|Bradley fighting vehicles|T-72 tanks|BMP-2 infantry fighting vehicles|Javelin anti-tank missiles|Stinger missiles|Grad rockets|Katyusha rockets|Qassam rockets|Fadi-1 rockets|Burkan rockets|Almas missiles|RPG-7 grenade launchers|AK-47 rifles|Kalashnikov rifles|M16 rifles|FPV drones|kamikaze drones|a Bayraktar TB2 drone|an MQ-9 Reaper drone|Lancet drones|glide bombs|FAB-500 bombs|GBU-39 bombs|MK-84 bombs|cluster munitions|barrel bombs|white phosphorus|mortar shells|artillery shells|155mm shells|155mm howitzers|D-30 howitzers|an improvised explosive device|roadside bombs|a car bomb|a suicide vest|anti-personnel landmines|ballistic missiles|cruise missiles|hypersonic missiles|anti-ship missiles|surface-to-air missiles|rockets|mortars|drones|warplanes|helicopter gunships|attack helicopters|machine guns|assault rifles|hand grenades|tanks|armoured vehicles|a guided missile frigate|naval drones|Merkava tanks|Iron Dome batteries|Tomahawk cruise missiles|Fateh-110 missiles|Hwasong-17 missiles|JF-17 jets|PL-15 missiles|BrahMos missiles|Molotov cocktails|a pistol|machetes|a quadcopter|heavy artillery|an explosive device|multiple rocket launchers|Neptune missiles|Geran-2 drones|Oreshnik missile""".split("|")
EVENTS = """Ramadan War|World War II|the Second Intifada|the Nakba|the Oslo Accords|the Abraham Accords|the Minsk agreements|the Munich Security Conference|the Arab Spring|the Gulf War|the Six-Day War|the Yom Kippur War|Operation Al-Aqsa Flood|Operation Swords of Iron|Operation Prosperity Guardian|Operation Inherent Resolve|Operation Olive Branch|the Vietnam War|the Cold War|the Korean War|the Geneva talks|the G7 summit|the Bucha massacre|the Srebrenica massacre|the Rwandan genocide|the Battle of Bakhmut|the Jeddah talks|Operation Iron Wall|Operation Sindoor|the Doha Agreement""".split("|")
MISCS = """Resolution 1701|UN Security Council Resolution 2728|the Geneva Conventions|Telegram|the Iron Swords campaign|the New START treaty|the Grain Initiative|the Convention on Cluster Munitions|Article 5|the Rome Statute|the Non-Proliferation Treaty|the Pretoria agreement|X|the Quran|MV Rubymar|the Galaxy Leader|the Moskva|the Magen David|USS Carney|the Nobel Peace Prize|WhatsApp""".split("|")

FILL = {
    "title": "President|Prime Minister|Foreign Minister|Defence Minister|Defense Minister|Gen.|General|Lt. Col.|Col.|Maj. Gen.|Brig. Gen.|Rear Admiral|Capt.|Lieutenant Colonel|spokesman|spokeswoman|army spokesman|military spokesman|governor|regional governor|Gov.|Mayor|Senator|Sen.|Rep.|Secretary-General|Secretary of State|UN envoy|Special Envoy|Ambassador|Sheikh|Mullah|Imam|Dr.|Mr.|Mrs.|Commander|commander|rebel leader|lawmaker|police chief|resident|doctor|aid worker|journalist|analyst|witness|farmer|teacher".split("|"),
    "n": "two|three|four|five|six|seven|eight|nine|ten|12|15|17|21|at least 14|at least six|more than 30|over 100|about 40|some 25|nearly 200|dozens of|scores of|up to 60|between five and eight|1,200|around 3,000|a dozen|at least 11".split("|"),
    "victims": "people|civilians|soldiers|children|women and children|militants|fighters|police officers|troops|rebels|villagers|worshippers|aid workers|journalists|insurgents|passengers|paramilitaries|residents|protesters|gunmen|hostages|peacekeepers".split("|"),
    "killed": "killed|wounded|injured|shot dead|beheaded|abducted|captured|kidnapped|detained|displaced|massacred|executed".split("|"),
    "struck": "struck|hit|shelled|bombed|attacked|raided|stormed|targeted|pounded|damaged|destroyed|seized|recaptured".split("|"),
    "said": "said|told reporters|said in a statement|claimed|added|announced|confirmed|denied|warned|wrote on social media|stated|insisted|reported|acknowledged".split("|"),
    "day": "on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|on Saturday|on Sunday|overnight|early Monday|late on Friday|last week|in the early hours of Sunday|on 14 March|on Jan. 5|yesterday|this week|since dawn|earlier in the day".split("|"),
    "dir": "north|south|east|west|northeast|outskirts|south-east|northwest".split("|"),
    "where": "village|town|city|district|province|region|suburb|border area|governorate|neighbourhood".split("|"),
    "adj": "armed|security|military|government|opposition|rebel|air|ground|special".split("|"),
    "forces": "forces|troops|soldiers|warplanes|officials|police|authorities|security forces|commandos|fighter jets|jets|navy|army|air force|military|militants|rebels|government|settlers".split("|"),
}

TEMPLATES = """{NORP} {forces} {struck} {LOC} {day}, killing {n} {victims}.
{NORP} {forces} {struck} a {where} near {LOC} with {WEAPON} {day}, {ORG} {said}.
{n} {victims} were {killed} when {WEAPON} hit a {where} in {LOC}, {title} {PER} {said}.
At least {n} {victims} were {killed} in {LOC} {day}, according to {ORG}.
{title} {PER} {said} that {ORG} had fired {WEAPON} at {LOC}.
{ORG} {said} its fighters {struck} {FAC} with {WEAPON}.
{ORG} claimed responsibility for the attack on {FAC} in {LOC}.
"We will respond," {PER}, a {NORP} {forces} commander, told {ORG}.
"{NORP} aggression must stop," {said} {title} {PER} of {LOC}.
{LOC} ({ORG}) - {NORP} {forces} {killed} {n} {victims} {day}.
{LOC} — {n} {victims} were {killed} and {n} others {killed} in clashes between {ORG} and {ORG}.
The {NORP} {forces} {said} {day} that {n} {victims} had been {killed} in {LOC}.
The {NORP} {adj} {forces} {struck} positions of {ORG} in the {dir} of {LOC}.
{ORG} {said} {ORG} {killed} {n} {victims} in the {where} of {LOC}, {dir} of {LOC}.
{PER}, the {title} of {LOC}, {said} {WEAPON} were used in the attack.
{NORP} {title} {PER} met his {NORP} counterpart, {PER}, in {LOC} {day}.
{PER} and {PER} agreed to a ceasefire at talks in {LOC} mediated by {LOC} and {ORG}.
{ORG} condemned the strike on {FAC}, calling it a violation of {MISC}.
Talks between {LOC} and {LOC} collapsed {day}, {NORP} media reported.
{LOC} accused {LOC} of arming {ORG}, a charge {LOC} denies.
{LOC} accuses {ORG} of violating {MISC}.
{ORG} shot down {n} of {n} {WEAPON} launched from {LOC}.
{NORP} air defences shot down {WEAPON} over {LOC}, {PER} wrote on {MISC}.
{n} {NORP} soldiers and {n} {PEOPLE} were {killed}, {ORG} {said}.
{PEOPLE} fled {LOC} after {ORG} {struck} the {where}.
Thousands of {PEOPLE} have fled {LOC} since {ORG} {struck} the {where}.
Families of {PEOPLE} {killed} in {EVENT} gathered in {LOC} {day}.
Since {EVENT}, {n} {victims} have been {killed}, {ORG} says.
In {LOC}, {ORG} {struck} a convoy of {ORG}; {n} {victims} were {killed}.
A {NORP} official, who spoke on condition of anonymity, said {WEAPON} were moved to {FAC}.
{ORG} spokesman {PER} {said} {n} {victims} were {killed} near {FAC}.
{ORG} spokeswoman {PER} {said}: "There is no military solution in {LOC}."
{NORP} Foreign Minister {PER} will travel to {LOC} {day} for talks with {PER}.
{ORG} chief {PER} urged {LOC} to respect {MISC}.
{PER}, head of {ORG}, called for an investigation into the killing of {n} {victims} in {LOC}.
{PER} of {ORG} {said} the group would not disarm.
{PER}, {n}, was {killed} when {NORP} {forces} {struck} his home in {LOC}.
A court in {LOC} sentenced {PER} to {n} years in prison for spying for {LOC}.
{NORP} police arrested {PER} at {FAC} {day}.
The {NORP} army {said} it {struck} {ORG} sites in {LOC} and {LOC} with {WEAPON}.
{ORG}-backed militias {struck} a base used by {NORP} {forces} in {LOC}.
{ORG} and {ORG} exchanged fire across the border near {LOC} {day}.
Sirens sounded in {LOC} and {LOC} as {WEAPON} were fired from {LOC}.
{LOC}: {NORP} {forces} {struck} {FAC}
{NORP} strike kills {n} in {LOC}
{ORG} says {n} {victims} {killed} in {LOC}
{PER} warns {LOC} over {WEAPON}
{ORG} denies attack on {LOC}
{title} {PER} resigns after attack on {FAC}
Explosions heard in {LOC}, {LOC}
{LOC}, {LOC} sign ceasefire deal in {LOC}
Residents of {LOC} said they heard {WEAPON} and gunfire {day}.
The head of {ORG} in {LOC}, {PER}, {said} hospitals were overwhelmed.
{NORP} and {NORP} {forces} held joint drills in {LOC} {day}.
{LOC} and {LOC} have been at war since {EVENT}.
A convoy of {ORG} was ambushed by {ORG} between {LOC} and {LOC}.
{ORG} fighters armed with {WEAPON} {struck} a {where} in {LOC}, killing {n} {victims}, {title} {PER} {said}.
{LOC} supplied {LOC} with {WEAPON}, {ORG} reported {day}, citing {NORP} officials.
{LOC} will send {WEAPON} to {LOC}, {title} {PER} announced {day}.
The {where} of {LOC} fell to {ORG} {day}, {ORG} reported.
{ORG} withdrew from {LOC} {day} after {n} months of fighting with {NORP} {forces}.
{NORP} President {PER} and {NORP} Prime Minister {PER} spoke by phone {day}.
US President {PER} {said} {day} that {LOC} would "pay a price".
UN Secretary-General {PER} {said} he was "appalled" by the attack on {FAC}.
EU foreign policy chief {PER} called on {LOC} to release {PER}.
{ORG}, which controls much of {LOC}, {said} the {NORP} claim was false.
{n} {victims}, including {n} children, were {killed} in a {NORP} air strike on {LOC}, said the {ORGBARE}.
Medics at {FAC} said they received the bodies of {n} {victims}.
Bodies were taken to {FAC} in {LOC}, {title} {PER} {said}.
The attack on {FAC} was the deadliest since {EVENT}.
{ORG} called the report by {ORG} "baseless".
It was not immediately clear who was behind the attack in {LOC}, but {ORG} has carried out similar attacks.
There was no immediate comment from {LOC} or {ORG}.
Police in {LOC} said a gunman opened fire with {WEAPON}, killing {n}.
{PER} was quoted by {ORG} as saying that {NORP} {forces} would remain in {LOC}.
In a statement carried by {ORG}, {PER} {said} {LOC} would not negotiate with {ORG}.
{NORP} drone strikes on {LOC} {killed} {PER}, a senior commander of {ORG}.
{ORG} deputy leader {PER} was assassinated in {LOC} {day}.
{NORP} {forces} intercepted {WEAPON} off the coast of {LOC}, {ORG} {said}.
The vessel was hit by {WEAPON} in {LOC}, {ORG} {said}.
Fighting raged in {LOC}, {LOC} and {LOC} {day}, {ORG} {said}.
{PER}'s government has rejected the proposal by {ORG}.
{LOC}'s {forces} {said} {n} of its {victims} were {killed}.
{ORG}'s leader, {PER}, {said} {day} that {LOC}'s offer was "not serious".
{PER} ({ORG}) and {PER} ({ORG}) called for sanctions on {LOC}.
By {PER} in {LOC} and {PER} in {LOC}
By {PER}, {ORG}
Reporting by {PER} in {LOC}; editing by {PER}
{PER} is an analyst at {ORG} in {LOC}.""".split("\n")


# Mail, reviews, questions and web logs, which name people, shops and companies otherwise than the news does.
WEB = """Thanks, {PER}
Thanks, {GIVEN}
{GIVEN}, can you forward this to {PER} at {COMPANY}?
Hi {GIVEN} -
{GIVEN},
Please call {GIVEN} or {GIVEN} at {PHONE}.
Attached is the draft for {COMPANY}; {GIVEN} asked that {ACRONYM} sign first.
I spoke to {PER} at {ACRONYM} regarding their {THING}.
" {FAMILY}, {GIVEN} " < {MAIL} >
From: " {FAMILY}, {GIVEN} " < {MAIL} >
To: {PER} / {ACRONYM} @ {ACRONYM}
{PER}, Senior Vice President of {COMPANY}
{PER} {COMPANY} {PHONE}
{PER} - Analyst, {PER} - Associate, {PER} - Analyst
Coach: {PER} {PER} - Analyst
{GIVEN} and {GIVEN} will meet with {COMPANY} in {CITY} on Thursday.
I will be in {CITY} next week; {GIVEN} is back from {CITY}.
Does {ACRONYM} or {COMPANY} hold the {THING}?
We need {COMPANY} to send the {THING} to {ACRONYM} by Friday.
{ORG} ( {ACRONYM} ) filed a complaint against {ORG} ( {ACRONYM} ).
{ACRONYM} accuses {ACRONYM} of breaking its own rules.
According to {ACRONYM}, the {THING} was never sent.
{ACRONYM} released another {THING} last month.
We had dinner at {PLACE'S} last night.
The food at {PLACE'S} is great!
{PLACE'S} has the best pizza in {CITY}.
I love {PLACE'S}!
Has anyone tried {PLACE'S} in {CITY}?
do you like: {PLACE'S}, {PLACE'S} or {PLACE'S}?
What is the dress code at {PLACE'S} {CITY}?
{COMPANY} fixed my car in one day.
{COMPANY} were fantastic!
Thank you {COMPANY}!
I took my {THING} to {COMPANY} and {GIVEN} was very helpful.
{GIVEN} at {COMPANY} did a wonderful job on my {THING}.
{GIVEN} is the best!
Dr. {FAMILY} and {GIVEN} are very nice.
Ask for {GIVEN}, he knows what he is doing.
{COMPANY} is the worst company in {CITY STATE}.
The {SITE} in {CITY} is clean and the staff is friendly.
We stayed at the {SITE} for two nights.
The {SITE} was pretty cool.
how far is {CITY STATE} from {CITY}?
what to do in {CITY STATE} ?
i live in {CITY STATE} near the {SITE}.
anyone been to {CITY} ?
is {CITY} a good place for a holiday ?
what are the best beaches near {CITY} , {STATE} ?
We drove from {CITY STATE} to {CITY}, {STATE}.
I grew up in {CITY}, {STATE}, and moved to {CITY STATE}.
{CITY}, {STATE} 48604
HAS MOVED TO 4783 Bay Rd {CITY}, {STATE}
My cat is called {PETNAME}.
My {THING} runs on {PETNAME}.
I read it in the {PAPER}.
{PAPER} reports that {PER} has left {COMPANY}.
( {PAPER} )
In {PAPER}, {PER} argues that {STATE} should not go to war.
{PER} ( {PAPER} ) thinks that {FAMILY} is wrong.
{FAMILY}'s administration wants to blame {STATE}.
The {FAMILY} administration has lied about {STATE}.
I can't believe {FAMILY} said that about {STATE}.
{PER} says the {NORP} government paid {COMPANY}.
Hurricane {PETNAME} made landfall near {CITY}.
{COMPANY} and {COMPANY} are hiring in {CITY}.
{PER} is a professor at {UNIVERSITY}.
{PER} studied medicine at {UNIVERSITY} in {CITY}.
{UNIVERSITY} plays {UNIVERSITY} on Saturday.
{PER} won the {PETNAME} Prize for a book about {STATE}.""".split("\n")

THINGS = "invoice|contract|spreadsheet|Master Agreement|Guaranty|RFP|iPhone|Mustang|Camry|laptop|Kindle|application|GMAT scores|PDF|MBA|DVD|SUV|proposal|letter".split("|")


def web_slot(slot: str, chance: random.Random) -> tuple[str, str | None] | None:
    """Text and kind for a slot of the web templates; None for another slot."""
    given, family = pools.people()
    wide, cities, two = pools.places()
    name = chance.choice(family) if chance.random() < 0.6 else made_up(chance, ENDS)
    low = chance.random() < 0.15
    cased = lambda text: text.lower() if low else text  # noqa: E731
    city = cased(chance.choice(cities) if chance.random() < 0.8 else " ".join(chance.choice(two)))
    trade = chance.choice(TRADES)
    match slot:
        case "GIVEN":
            return cased(chance.choice(given)), "PER"
        case "FAMILY":
            return chance.choice(family), "PER"
        case "CITY":
            return city, "LOC"
        case "STATE":
            return cased(chance.choice(wide)), "LOC"
        case "ACRONYM":
            return "".join(chance.choice("AABCDEEFGHIIJKLMNOOPRSTUW") for _ in range(chance.choice((2, 3, 3, 4, 4, 5)))), "ORG"
        case "COMPANY":
            return chance.choice((
                f"{name} {trade}", f"{name}, Inc.", f"{name} {trade}, Inc.", f"{name}'s {trade}", f"{name} & {chance.choice(family)}",
                f"{city} {trade}", name, f"{name} Corp.", f"{name} {trade} LLC", f"{chance.choice('United National First Premier Royal Pacific Atlantic Global Advanced'.split())} {trade}",
                f"{name}s", f"{name} Corporation",
            )), "ORG"
        case "PLACE'S":
            return cased(chance.choice((
                f"{name}'s", f"{name} s", f"{name}'s Pizza", f"{name} Grill", f"Cafe {name}", f"the {name} Steak House", f"{name}'s Diner",
                f"El {name}", f"{name} Sushi", f"{name}",
            ))), "FAC"
        case "SITE":
            return chance.choice((
                f"{name} Hotel", f"{name} Museum", f"{city} Airport", f"{name} Inn", f"{name} Park", f"{city} Zoo", f"Hotel {name}",
                f"{name} Memorial", f"{name} Bridge", f"{name} Station", f"{name} Hall", f"{city} Opera House",
            )), "FAC"
        case "UNIVERSITY":
            return chance.choice((f"{name} University", f"the University of {city}", f"{name} College", f"{city} State University",
                                  f"{name} Institute of Technology", f"{name} Tech")), "ORG"
        case "PAPER":
            return chance.choice((f"the {city} {chance.choice('Times Post Herald Journal Star News Tribune Monthly Review'.split())}",
                                  f"al-{name}", f"the {name} Report", f"{name} Weekly")), "ORG"
        case "PETNAME":
            return made_up(chance, ENDS), None
        case "MAIL":
            return f"{chance.choice(given).lower()}@{made_up(chance, ENDS).lower()}.com", None
        case "PHONE":
            return f"{chance.randint(200, 999)}-{chance.randint(1000, 9999)}", None
        case "THING":
            return chance.choice(THINGS), None
    return None


def split(text: str) -> list[str]:
    """Words as the treebanks split them, near enough for text of our own."""
    text = re.sub(r"(?<!\d),|,(?!\d)", " , ", text)
    text = re.sub(r"([^\w\s.,'’@-])", r" \1 ", text)
    text = re.sub(r"(?:(?<=\w)|^)-(?=\w)", " - ", text)
    text = re.sub(r"(\w)('s|’s)\b", r"\1 \2", text)
    words = text.split()
    if words and words[-1].endswith(".") and words[-1] != "." and not words[-1].endswith(("U.S.", "Gen.", "Col.", "Capt.", "Gov.", "Sen.", "Rep.", "Dr.", "Mr.", "Mrs.", "Jan.", "Inc.", "Corp.", "Ltd.")):
        words[-1:] = [words[-1][:-1], "."]
    return words


def held(items: list[str], out: bool) -> list[str]:
    return [x for i, x in enumerate(items) if (i % 10 == 9) == out]


STARTS = """Ab Ad Ak Al Ama An Ar Ash Aya Ba Bar Be Bi Bo Bra Bu Cha Da Dar De Di Do Du El Es Fa Fe Ga Gho Gor Gu Ha
Har Hi Ho Hu I Ib Is Ja Je Ji Jo Ka Kar Kha Khu Ki Ko Kra Ku La Le Li Lo Lu Ma Mar Me Mi Mo Mu Na Nde Ni No Nu O Os
Pa Pe Po Qa Qu Ra Re Ri Ro Ru Sa Se Sha She Si So Su Ta Te Ti To Tse Tu U Va Ve Vi Vo Wa We Ya Ye Yu Za Ze Zi
Zu""".split()
MIDDLES = """ba be bi da di do fa ga gi go ha hi ja ka ki ko kho la li lo lu ma mi mo mba na ne ni nda no ra re ri ro ru sa
se shi so ta te ti to va vi wa ya yo za zi zo dri tra shta bdu rha lko nko mza""".split()
ENDS = """d f h k l m n r s sh z d i a o u an am ar ari ash at ati bi deh di din dou dze eh el en enko er ev ez far gan gul
han i iev im in ir ish iyah jan jar ka kan ke khan ko kov li lov man mar mi mov mud nia nov oui our ov ovic qi rah ri rin
ro sa si sky tani tou tov uk um ur vic wa wi yan yev zadeh zai zi""".split()
PLACE_ENDS = """abad bad pur grad gorod hirka ivka ove ino sk vka ka kala kand kent shahr tepe dere ville ton ford burg
berg bourg bala bari ganj garh khel kot nagar patna poor ra dougou koro kro bo ma nga mbo ndi ela eza ia ena osa ito
ango""".split()


CONCERNS = """Justice|Defence|Defense|Health|Education|Housing|Urban Development|Trade|Commerce|Energy|Agriculture|
Transport|Labour|Labor|Finance|Foreign Affairs|Interior|Immigration|Human Rights|Strategic Studies|Public Works|Science|
Technology|Medicine|Refugees|Water|Fisheries|Culture|Sport|Security|Aviation|Mines|Elections|Disaster Relief""".replace(
    "\n", "").split("|")
TRADES = """Motors|Insurance|Pizza|Auto Repair|Energy|Oil|Gas|Books|Dental|Realty|Transport|Logistics|Telecom|Airways|
Foods|Electric|Systems|Software|Group|Holdings|Partners|Salon|Plumbing|Construction|Bank|Capital|Steel|Media|Press|
Records|Studios|Hospital|Clinic|Academy|College|Institute""".replace("\n", "").split("|")


def made_up(chance: random.Random, ends: list[str]) -> str:
    """A name that no list knows: the shape and place of a word must tell, too."""
    middle = "".join(chance.choice(MIDDLES) for _ in range(chance.choice((0, 0, 1, 1, 2))))
    return chance.choice(STARTS) + middle + chance.choice(ends)


def place(chance: random.Random) -> str:
    name = made_up(chance, PLACE_ENDS + ENDS)
    dice = chance.random()
    if dice < 0.05:
        return f"the {chance.choice('Gulf|Strait|Bay|Sea|Republic|Kingdom|State|Isle'.split('|'))} of {name}"
    if dice < 0.12:
        return f"{chance.choice('Deir|Beit|Umm|Tel|Kafr|Wadi|Jabal|Ain|Khan|Tall'.split('|'))} {name}"
    if dice < 0.18:
        return f"al-{name}"
    if dice < 0.26:
        kind = chance.choice("Valley|Province|District|County|State|Island|Mountains|River|Strait|Oblast|Governorate|Peninsula".split("|"))
        return f"{name} {kind}" if chance.random() < 0.7 else f"the {name} {kind}"
    if dice < 0.34:
        return f"{chance.choice('New|Old|Upper|Lower|Port|North|South|East|West|Fort|San|Santa|Lake|Mount'.split('|'))} {name}"
    return name


def group(chance: random.Random) -> str:
    name, people = made_up(chance, PLACE_ENDS + ENDS), chance.choice(NORPS)
    if chance.random() < 0.3:
        a, b = chance.sample(CONCERNS, 2)
        office = chance.choice("Ministry Department Office Board Committee Institute Agency Council Bureau Centre".split())
        what = a if chance.random() < 0.5 else f"{a} and {b}"
        trade = chance.choice(TRADES)
        return chance.choice((
            f"the {office} of {what}", f"the {people} {office} of {what}", f"the {office} for {what}",
            f"the {name} {office} of {what}", f"the {a} {office}", f"the {people} {a} {office}", f"the {office} of {name}",
            f"{name} {trade}", f"{name}, Inc.", f"{name} {trade}, Ltd.", f"{name} {trade} LLC", f"{name} Corp.",
            f"{made_up(chance, ENDS)}'s {trade}", f"the {name} {a} Association", f"the Association of {name} {b}",
            f"the {name} Court of Appeals", f"the Superior Court of {name}", f"the Law Offices of {person(chance, False)}",
        ))
    return chance.choice((
        f"the {name} Liberation Front", f"the Popular Front for the Liberation of {name}", f"the {people} Patriotic Army",
        f"the {made_up(chance, ENDS)} Brigade", f"the {made_up(chance, ENDS)} Brigades", f"the {people} Resistance Movement",
        f"the United {name} Party", f"the {people} Ministry of Interior", f"the {people} Defence Ministry", f"{name} Police",
        f"{name} University", f"the University of {name}", f"the {name} Times", f"the {people} News Agency",
        f"the Army of {name}", f"the {name} Human Rights Centre", f"the {people} Red Crescent", f"{name} TV",
        f"the {people} National Army", f"the {name} Defence Forces", f"the {name} Coast Guard", f"{name} Airlines",
        f"{name} Energy Co.", f"{made_up(chance, ENDS)} & {made_up(chance, ENDS)}", f"the {people} Supreme Court",
        f"the Movement for a Free {name}", f"the {made_up(chance, ENDS)} cartel", f"{name} United",
        f"the {name} Football Club", "".join(chance.choice("ABCDFGHIJKLMNPRSTU") for _ in range(chance.choice((3, 3, 4)))),
    ))


def person(chance: random.Random, out: bool) -> str:
    if chance.random() < 0.3:
        family = made_up(chance, ENDS)
        if chance.random() < 0.2:
            family = f"al-{family}" if chance.random() < 0.7 else f"{family}-{made_up(chance, ENDS)}"
        dice = chance.random()
        if dice < 0.3:
            return family
        name = f"{made_up(chance, ENDS)} {family}"
        return name if dice < 0.9 else f"{made_up(chance, ENDS)} {name}"
    where = chance.choice(list(GIVEN))
    given, family = held(GIVEN[where], out), held(FAMILY[where], out)
    dice = chance.random()
    if dice < 0.25:
        return chance.choice(family)
    name = f"{chance.choice(given)} {chance.choice(family)}"
    if dice < 0.33:
        name = f"{chance.choice(given)} {name}"
    elif dice < 0.38:
        name = f"{chance.choice(given)} {chance.choice('ABCDEHJKLMNRST')}. {chance.choice(family)}"
    elif dice < 0.41 and where in ("arab", "turk"):
        name = f"Abu {chance.choice(given)} {chance.choice(family)}"
    return name


def generated(training: bool, count: int = 3200, turn: int = 0) -> list[Example]:
    """Labelled sentences, others every turn; those of `training=False` share neither template nor listed name with the
    others, and are news."""
    out = not training
    chance = random.Random(SEED + out + 1000 * turn)
    lists = {"LOC": PLACES, "ORG": ORGS, "FAC": FACS, "NORP": NORPS, "PEOPLE": PEOPLES, "WEAPON": WEAPONS,
             "EVENT": EVENTS, "MISC": MISCS}
    lists = {k: held(v, out) for k, v in lists.items()}
    news = held(TEMPLATES, out)
    templates = [news[i % len(news)] for i in range(count)]
    if training:
        templates += [WEB[i % len(WEB)] for i in range(count * 2 // 3)]
    return [e for e in (filled(t, lists, chance, out) for t in templates) if e.words]


def filled(template: str, lists: dict[str, list[str]], chance: random.Random, out: bool) -> Example:
    """A template with its slots filled."""
    words: list[str] = []
    labels: list[str | None] = []

    def add(text: str, kind: str | None) -> None:
        now = split(text)
        start = 1 if kind and now[0] in ("the", "a", "an", "northern") else 0
        marks = ["O"] * len(now)
        if kind:
            marks[start:] = [f"B-{kind}"] + [f"I-{kind}"] * (len(now) - start - 1)
            if not words and template[-1] not in ".,":
                # Headlines drop the article.
                now, marks = now[start:], marks[start:]
        words.extend(now)
        labels.extend(marks)

    for part in re.split(r"(\{[\w' ]+\})", template):
        slot = part.strip("{}") if part.startswith("{") else None
        if slot is None:
            if part.strip():
                add(part, None)
        elif slot == "CITY STATE":
            for one in ("CITY", "STATE"):
                add(*web_slot(one, chance))
        elif (found := web_slot(slot, chance)) is not None:
            add(*found)
        elif slot == "PER":
            add(person(chance, out), "PER")
        elif slot == "ORGBARE":
            add(re.sub("^the ", "", chance.choice(lists["ORG"])), "ORG")
        elif slot == "LOC" and chance.random() < 0.3:
            add(place(chance), "LOC")
        elif slot == "ORG" and chance.random() < 0.3:
            add(group(chance), "ORG")
        elif slot in lists:
            add(chance.choice(lists[slot]), "NORP" if slot == "PEOPLE" else slot)
        else:
            add(chance.choice(FILL[slot]), None)
    if template.startswith(("\" {FAMILY}", "From: \" {FAMILY}")):
        # "Kaminski , Vince" is one name.
        i = words.index(",")
        labels[i], labels[i + 1] = "I-PER", "I-PER"
    if words and words[0][:1].islower() and template[0] not in "diahw":
        words[0] = words[0][:1].upper() + words[0][1:]
    return Example(words=words, entities=labels)


if __name__ == "__main__":
    for e in generated(True, 40):
        print(" ".join(w if x == "O" else f"{w}/{x}" for w, x in zip(e.words, e.entities)))
