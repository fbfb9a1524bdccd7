"""Prints what pysnmp's MIB modules declare, one JSON object per module and line.

The modules are Python programs that call a builder. Here the builder, the types and the macros only write down what they are
told, so that nothing of pysnmp runs and no value is checked away. Texts (DESCRIPTION, REFERENCE ...) are dropped.
"""
import json
import os
import sys


class Constraint(object):
    """Layers of (what, [(min, max) ...]); the last layer of a sort is the narrowest."""

    def __init__(self, *layers):
        self.layers = layers

    def __add__(self, other):
        return Constraint(*(self.layers + other.layers))

    def last(self, *sorts):
        found = [list(r) for sort, r in self.layers if sort in sorts]
        return found[-1] if found else []


def ranges(low, high):
    return Constraint(('range', [(low, high)]))


def sizes(low, high):
    return Constraint(('size', [(low, high)]))


def values(*wanted):
    return Constraint(('values', sorted((v, v) for v in wanted if isinstance(v, int))))


def union(*constraints):
    layers = {}
    for c in constraints:
        for sort, r in c.layers:
            layers.setdefault('size' if sort == 'size' else 'range', []).extend(r)
    return Constraint(*((sort, sorted(set(r))) for sort, r in layers.items()))


def intersection(*constraints):
    return sum(constraints, Constraint())


class NamedValues(object):
    def __init__(self, *pairs, **more):
        self.pairs = sorted(list(pairs) + list(more.items()), key=lambda p: p[1])

    def __add__(self, other):
        return NamedValues(*(self.pairs + (other.pairs if isinstance(other, NamedValues) else list(other))))

    def getValue(self, name):
        return dict(self.pairs)[name]


class Type(object):
    subtypeSpec = Constraint()
    namedValues = None
    displayHint = ''
    fixedLength = None

    def __init__(self, *args, **kwargs):
        self.spec, self.named = self.subtypeSpec, self.namedValues

    def subtype(self, *args, **kwargs):
        t = type(self)()
        t.spec = self.spec + kwargs.get('subtypeSpec', Constraint())
        t.named = kwargs.get('namedValues', self.named)
        return t

    clone = subtype

    def asOctets(self):
        return b''

    def setFixedLength(self, n):
        self.spec = self.spec + sizes(n, n)
        return self


def base(name):
    return type(name, (Type,), {'base': name})


class Node(object):
    def __init__(self, oid, syntax=None):
        self.name, self.syntax, self.label, self.home = tuple(oid), syntax, None, under_way[-1]
        self.facts = {'access': '', 'status': '', 'units': '', 'index': [], 'objects': [], 'augments': None}

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return lambda *args, **kwargs: self

    def setLabel(self, label):
        self.label = label
        return self

    def setMaxAccess(self, word):
        self.facts['access'] = word
        return self

    def setStatus(self, word):
        self.facts['status'] = word
        return self

    def setUnits(self, text):
        self.facts['units'] = text
        return self

    def setIndexNames(self, *names):
        self.facts['index'] = list(names)
        return self

    def getIndexNames(self):
        return self.facts['index']

    def setObjects(self, *names, **kwargs):
        self.facts['objects'] += list(names)
        return self

    def registerAugmentions(self, *names):
        for name in names:
            augmented.append((name, self))
        return self


augmented = []  # (module and name of a row, the row that it augments)
under_way = ['SNMPv2-SMI']  # modules that are being read

macros = ('MibIdentifier', 'ModuleIdentity', 'ObjectIdentity', 'MibScalar', 'MibTable', 'MibTableRow', 'MibTableColumn',
          'NotificationType', 'ObjectGroup', 'NotificationGroup', 'ModuleCompliance', 'AgentCapabilities')
kinds = {name: type(name, (Node,), {}) for name in macros}
bases = {name: base(name) for name in ('Integer', 'Integer32', 'Unsigned32', 'Gauge32', 'Counter32', 'Counter64', 'TimeTicks',
                                       'OctetString', 'ObjectIdentifier', 'IpAddress', 'Opaque', 'Bits')}

# SNMPv2-SMI, SNMPv2-CONF and the ASN1 modules are pysnmp's engine: their part of the facts is RFC 2578's.
roots = {'iso': '1', 'org': '1.3', 'dod': '1.3.6', 'internet': '1.3.6.1', 'directory': '1.3.6.1.1', 'mgmt': '1.3.6.1.2',
         'mib-2': '1.3.6.1.2.1', 'transmission': '1.3.6.1.2.1.10', 'experimental': '1.3.6.1.3', 'private': '1.3.6.1.4',
         'enterprises': '1.3.6.1.4.1', 'security': '1.3.6.1.5', 'snmpV2': '1.3.6.1.6', 'snmpDomains': '1.3.6.1.6.1',
         'snmpProxys': '1.3.6.1.6.2', 'snmpModules': '1.3.6.1.6.3'}
smi = {name: kinds['MibIdentifier'](int(n) for n in oid.split('.')) for name, oid in roots.items()}
smi['zeroDotZero'] = kinds['ObjectIdentity']((0, 0))
engine = dict(bases)
engine.update(kinds)
engine.update(smi)
engine.update({'NamedValues': NamedValues, 'ValueRangeConstraint': ranges, 'ValueSizeConstraint': sizes,
               'SingleValueConstraint': values, 'ConstraintsUnion': union, 'ConstraintsIntersection': intersection})
made_here = {'SNMPv2-SMI': smi, 'SNMPv2-CONF': {}, 'ASN1': {}, 'ASN1-ENUMERATION': {}, 'ASN1-REFINEMENT': {}}


class Builder(object):
    loadTexts = True
    version = (0, 0, 0)

    def __init__(self, folders):
        self.folders, self.spaces, self.exported = folders, dict(made_here), {}

    def importSymbols(self, module, *names):
        if module in made_here:
            return [engine[name] for name in names]
        self.load(module)
        return [self.exported[module][name] for name in names]

    def exportSymbols(self, module, *args, **symbols):
        self.exported.setdefault(module, {}).update(symbols)

    def load(self, module):
        if module in self.spaces:
            return
        path = next(p for p in (os.path.join(f, module + '.py') for f in self.folders) if os.path.exists(p))
        space = self.spaces[module] = {'mibBuilder': self, '__name__': module}
        with open(path, encoding='utf-8', errors='replace') as f:
            code = compile(f.read(), path, 'exec')
        under_way.append(module)
        exec(code, space)
        under_way.pop()


def named_pairs(pairs):
    return [list(p) for p in pairs.pairs] if pairs is not None else []


def facts_of_type(cls, spec, named):
    return {'base': cls.base, 'hint': cls.displayHint, 'enums': named_pairs(named),
            'ranges': spec.last('range', 'values') if not named else [], 'sizes': spec.last('size')}


def syntax_of(node):
    t = node.syntax
    if t is None:
        return None
    if not isinstance(t, Type):  # NetworkAddress, of pysnmp's engine: a choice of one (RFC 1155 section 3.2.3.1)
        return {'base': 'IpAddress', 'hint': '', 'enums': [], 'ranges': [], 'sizes': [],
                'type': type(t).__name__, 'module': 'RFC1155-SMI'}
    cls = type(t)
    facts = facts_of_type(cls, t.spec, t.named)
    if cls not in bases.values():
        facts.update(type=cls.__name__, module=cls.__module__)
    return facts


def module_facts(name, space):
    types, nodes = [], []
    for symbol, value in space.items():
        if isinstance(value, type) and issubclass(value, Type) and value.__module__ == name:
            spec = value.subtypeSpec
            if value.fixedLength is not None:
                spec = spec + sizes(value.fixedLength, value.fixedLength)
            types.append(dict(facts_of_type(value, spec, value.namedValues), name=symbol))
        elif isinstance(value, Node) and value.home == name:
            nodes.append(dict(value.facts, name=value.label or symbol, oid='.'.join(map(str, value.name)),
                              kind=type(value).__name__, syntax=syntax_of(value)))
    return {'module': name, 'types': types, 'nodes': nodes}


def main(folders):
    builder = Builder(folders)
    names = {f[:-3] for folder in folders for f in os.listdir(folder)
             if f.endswith('.py') and not f.startswith(('_', 'PYSNMP'))} | {'SNMPv2-SMI'}
    for name in sorted(names):
        builder.load(name)
    for (module, symbol), row in augmented:
        builder.spaces[module][symbol].facts['augments'] = [row.home, row.label or find(builder.spaces[row.home], row)]
    for name in sorted(names - (set(made_here) - {'SNMPv2-SMI'})):
        json.dump(module_facts(name, builder.spaces[name]), sys.stdout, sort_keys=True)
        sys.stdout.write('\n')


def find(space, node):
    return next(symbol for symbol, value in space.items() if value is node)


main(sys.argv[1:])
