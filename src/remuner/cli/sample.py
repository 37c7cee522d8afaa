"""Made-up people, teams and integrations, the same each time, as a company that pays by results has them."""

from dataclasses import dataclass
from itertools import product
from random import Random
from unicodedata import normalize

from remuner.integrations.domain.entities import IntegrationStatus
from remuner.users.domain.entities import NewUser, UserStatus

_PEOPLE = 300
_OWNERS = 24

TEAMS = (
    "Sales EMEA",
    "Sales Americas",
    "Sales APAC",
    "Sales Development",
    "Account Management",
    "Channel Partners",
    "Customer Success",
    "Revenue Operations",
    "Compensation Design",
    "Finance",
    "People & Culture",
    "Engineering",
)

_CRM = "HubSpot, Salesforce, Pipedrive, Dynamics 365, Zoho CRM, Close"
_PAYROLL = "Workday, ADP, Personio, BambooHR, Rippling, Gusto, Deel"
_BILLING = "Stripe Billing, Chargebee, Zuora, NetSuite, Xero, QuickBooks, Recurly"
_REGIONS = ("EMEA", "Americas", "APAC")

# First names and last names that go together; behind a slash what an email has instead.
_NAMES = (
    (
        "Emily James Olivia Thomas Charlotte Henry Grace Daniel Amelia Oliver",
        "Smith Taylor Walker Wright Hughes Bennett O'Brien/obrien Murphy Campbell Stewart",
    ),
    (
        "Ava Noah Madison Ethan Harper Mason Zoe Tyler Naomi Jordan",
        "Johnson Williams Brown Davis Miller Anderson Jackson Harris Carter Brooks",
    ),
    (
        "Lucía Mateo Sofía Diego Martina Javier Carmen Álvaro Ximena Andrés",
        "García Fernández Muñoz Ibáñez Núñez Romero Gutiérrez Castillo Peña Ortega",
    ),
    (
        "Beatriz João Inês Tiago Mariana Gonçalo Larissa Rafael Camila Thiago",
        "Silva Santos Gonçalves Araújo Magalhães Conceição Nogueira Teixeira Moraes Brandão",
    ),
    (
        "Chloé Hugo Zoé Léo Aurélie François Maëlle Jérôme Inès Théo",
        "Martin Lefèvre Dubois Moreau Garnier Chevalier Bélanger Gagnon D'Amours/damours Rousseau",
    ),
    (
        "Lena Jürgen Anneliese Björn Käthe Matthias Franziska Jörg Sabine Florian",
        "Müller Schäfer Weiß/weiss Krüger Hoffmann Böhm Vogel Groß/gross Lehmann Kühn",
    ),
    (
        "Giulia Lorenzo Chiara Matteo Francesca Alessandro Elisa Niccolò Martina Davide",
        "Rossi Esposito Ricci D'Angelo/dangelo Moretti Conti Gallo Ferrara Caruso Bianchi",
    ),
    (
        "Agnieszka Paweł/pawel Zofia Michał/michal Łucja/lucja Tomasz Katarzyna Wojciech Małgorzata/malgorzata Jan",
        "Kowalski Wiśniewski Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowski Kozłowski/kozlowski Jankowski",
    ),
    (
        "Astrid Søren/soren Ingrid Håkon Freja Magnus Åsa Jørgen/jorgen Saga Mikael",
        "Hansen Lindström Nygård Sørensen/sorensen Bergström Dahl Østergaard/ostergaard Johansson Virtanen Mäkelä",
    ),
    (
        "Elif Mehmet Zeynep Emre Ayşe Burak Defne Çağlar Işıl/isil Yiğit",
        "Yılmaz/yilmaz Kaya Demir Şahin Öztürk Aydın/aydin Arslan Doğan Çelik Koç",
    ),
    (
        "Priya Arjun Ananya Rohan Kavya Vikram Meera Aditya Ishita Rahul",
        "Sharma Patel Iyer Reddy Nair Gupta Mukherjee Desai Banerjee Kulkarni",
    ),
    (
        "Amina Kwame Zuri Chinedu Thandiwe Tendai Adaeze Kofi Wanjiru Sipho",
        "Okafor Mensah Mwangi Dlamini Adeyemi Nkosi Diallo Abebe Ndlovu Owusu",
    ),
    (
        "葵/aoi 陽翔/haruto さくら/sakura 蓮/ren 美咲/misaki 大輝/daiki 結衣/yui 健太/kenta 七海/nanami 翔太/shota",
        "佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 渡辺/watanabe 伊藤/ito 山本/yamamoto 加藤/kato",
    ),
    (
        "Mei Wei Xiuying Jun Lan Hao Jing Bo Yan Ming",
        "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou",
    ),
    (
        "Олена/olena Тарас/taras Софія/sofiia Андрій/andrii Марія/mariia Іван/ivan Оксана/oksana Юрій/yurii",
        "Шевченко/shevchenko Коваленко/kovalenko Бондаренко/bondarenko Мельник/melnyk Лисенко/lysenko",
    ),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who to make, and the names of the teams to be in."""

    user: NewUser
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """Which integration to make, and whose."""

    name: str
    owner: Person
    status: IntegrationStatus


def sample() -> tuple[list[Person], list[Connection]]:
    """Return 300 people and their 60 integrations. Only active people own some."""
    random = Random(2026)
    pairs = [pair for firsts, lasts in _NAMES for pair in product(firsts.split(), lasts.split())]
    people = [_person(random, *pair) for pair in random.sample(pairs, _PEOPLE)]
    owners = random.sample([person for person in people if person.user.status is UserStatus.ACTIVE], _OWNERS)
    connections = [
        Connection(
            f"{system} {region}",
            random.choice(owners),
            random.choices((IntegrationStatus.ACTIVE, IntegrationStatus.INACTIVE), (4, 1))[0],
        )
        for system, region in product(f"{_CRM}, {_PAYROLL}, {_BILLING}".split(", "), _REGIONS)
    ]
    return people, connections


def _person(random: Random, first: str, last: str) -> Person:
    (first_name, first_part), (last_name, last_part) = _spelt(first), _spelt(last)
    status = random.choices((UserStatus.ACTIVE, UserStatus.PENDING, UserStatus.INACTIVE), (8, 1, 1))[0]
    teams = random.sample(TEAMS, random.choices((0, 1, 2, 3), (1, 6, 2, 1))[0])
    return Person(NewUser(first_name, last_name, f"{first_part}.{last_part}@example.com", status), tuple(teams))


def _spelt(word: str) -> tuple[str, str]:
    """Return a name and its spelling in an email: what is behind the slash, else itself without accents."""
    name, _, spelling = word.partition("/")
    return name, spelling or normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
