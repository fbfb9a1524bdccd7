# Compile modules with pysmi, pysnmp's compiler, and print what it found as JSON: compile.py DIRECTORY MODULE...
import json, sys
from pysmi.codegen.jsondoc import JsonCodeGen
from pysmi.compiler import MibCompiler
from pysmi.parser.dialect import smiV1Relaxed
from pysmi.parser.smi import parserFactory
from pysmi.reader.localfile import FileReader
from pysmi.writer.callback import CallbackWriter

found = {}
writer = CallbackWriter(lambda name, text, _: found.__setitem__(name, json.loads(text)))
compiler = MibCompiler(parserFactory(**smiV1Relaxed)(), JsonCodeGen(), writer)
compiler.addSources(FileReader(sys.argv[1]))
for name, status in compiler.compile(*sys.argv[2:]).items():
    if status != "compiled":
        sys.exit("%s: %s" % (name, getattr(status, "error", status)))
json.dump(found, sys.stdout)
