"""Conflict news written for training: templates and name lists of our own, with entity labels only.

A template is text with slots in braces; `{PER}`, `{ORG}`, `{LOC}`, `{FAC}`, `{NORP}`, `{WEAPON}`, `{EVENT}` and
`{MISC}` are labelled, the other slots (`{title}`, `{n}`, `{group}` ...) are not. Templates and names whose turn
(every tenth) is held out never occur in training; `python sentences.py` prints some.
"""

import random
import re
from pathlib import Path

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


def split(text: str) -> list[str]:
    """Words as the treebanks split them, near enough for text of our own."""
    text = re.sub(r"(?<!\d),|,(?!\d)", " , ", text)
    text = re.sub(r"([^\w\s.,'’-])", r" \1 ", text)
    text = re.sub(r"(\w)-(\w)", r"\1 - \2", text)
    text = re.sub(r"(\w)('s|’s)\b", r"\1 \2", text)
    words = text.split()
    if words and words[-1].endswith(".") and words[-1] != "." and not words[-1].endswith(("U.S.", "Gen.", "Col.", "Capt.", "Gov.", "Sen.", "Rep.", "Dr.", "Mr.", "Mrs.", "Jan.")):
        words[-1:] = [words[-1][:-1], "."]
    return words


def held(items: list[str], out: bool) -> list[str]:
    return [x for i, x in enumerate(items) if (i % 10 == 9) == out]


def person(chance: random.Random, out: bool) -> str:
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


def generated(training: bool, count: int = 2400) -> list[Example]:
    """Labelled sentences; those of `training=False` share neither template nor name with the others."""
    out = not training
    chance = random.Random(SEED + out)
    lists = {"LOC": PLACES, "ORG": ORGS, "FAC": FACS, "NORP": NORPS, "PEOPLE": PEOPLES, "WEAPON": WEAPONS,
             "EVENT": EVENTS, "MISC": MISCS}
    lists = {k: held(v, out) for k, v in lists.items()}
    templates = held(TEMPLATES, out)
    examples = []
    for i in range(count):
        template = templates[i % len(templates)]
        words: list[str] = []
        labels: list[str | None] = []
        for part in re.split(r"(\{\w+\})", template):
            slot = part.strip("{}") if part.startswith("{") else None
            if slot is None:
                words_now, kind = split(part), None
                if not part.strip():
                    continue
            elif slot == "PER":
                words_now, kind = split(person(chance, out)), "PER"
            elif slot == "ORGBARE":
                words_now, kind = split(re.sub("^the ", "", chance.choice(lists["ORG"]))), "ORG"
            elif slot in lists:
                words_now, kind = split(chance.choice(lists[slot])), "NORP" if slot == "PEOPLE" else slot
            else:
                words_now, kind = split(chance.choice(FILL[slot])), None
            article = kind and words_now[0] in ("the", "a", "an", "northern")
            marks = ["O"] * len(words_now)
            if kind:
                start = 1 if article else 0
                marks[start:] = [f"B-{kind}"] + [f"I-{kind}"] * (len(words_now) - start - 1)
                if not words and template[-1] not in ".,":
                    # Headlines drop the article.
                    words_now, marks = words_now[start:], marks[start:]
            words += words_now
            labels += marks
        if words:
            words[0] = words[0][:1].upper() + words[0][1:]
            examples.append(Example(words=words, entities=labels))
    return examples


if __name__ == "__main__":
    for e in generated(True, 40):
        print(" ".join(w if x == "O" else f"{w}/{x}" for w, x in zip(e.words, e.entities)))
