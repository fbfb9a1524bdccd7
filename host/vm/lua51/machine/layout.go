package machine

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"
	"unsafe"

	lua "github.com/yuin/gopher-lua"
)

// The types below mirror gopher-lua's, field for field.

type state struct {
	G       *lua.Global
	Parent  *lua.LState
	Env     *lua.LTable
	Panic   func(*lua.LState)
	Dead    bool
	Options lua.Options

	stop         int32
	reg          *registry
	stack        stackInterface
	alloc        unsafe.Pointer
	currentFrame *frame
	wrapped      bool
	uvcache      *upvalue
	hasErrorFunc bool
	mainLoop     func(*lua.LState, *frame)
	ctx          context.Context
	ctxCancelFn  context.CancelFunc
}

type stackInterface struct{ kind, data unsafe.Pointer }

type registry struct {
	array   []lua.LValue
	top     int
	growBy  int
	maxSize int
	alloc   unsafe.Pointer
	//lint:ignore U1000 it holds the mirrored layout's size
	handler stackInterface
}

type frame struct {
	Idx        int
	Fn         *lua.LFunction
	Parent     *frame
	Pc         int
	Base       int
	LocalBase  int
	ReturnBase int
	NArgs      int
	NRet       int
	TailCall   int
}

type growingStack struct {
	segments []*segment
	segIdx   uint16
	segSp    uint8
}

type segment struct{ array [lua.FramesPerSegment]frame }

type fixedStack struct {
	array []frame
	sp    int
}

type upvalue struct {
	next   *upvalue
	reg    *registry
	index  int
	value  lua.LValue
	closed bool
}

type table struct {
	Metatable lua.LValue
	array     []lua.LValue
	dict      map[lua.LValue]lua.LValue
	strdict   map[string]lua.LValue
	keys      []lua.LValue
	k2i       map[lua.LValue]int
}

type global struct {
	MainThread    *lua.LState
	CurrentThread *lua.LState
	Registry      *lua.LTable
	Global        *lua.LTable
	builtinMts    map[int]lua.LValue
	tempFiles     []*os.File
	gccount       int32
}

func stateOf(L *lua.LState) *state { return (*state)(unsafe.Pointer(L)) }

func tableOf(t *lua.LTable) *table { return (*table)(unsafe.Pointer(t)) }

func upvalueOf(u *lua.Upvalue) *upvalue { return (*upvalue)(unsafe.Pointer(u)) }

// metatables are those of the types that have one for all values, by type.
func metatables(g *lua.Global) map[int]lua.LValue { return (*global)(unsafe.Pointer(g)).builtinMts }

// kinds are the two implementations of a call stack, told apart by their interface words.
var kinds struct{ growing, fixed unsafe.Pointer }

func probeKinds() error {
	probe := func(grow bool) (unsafe.Pointer, reflect.Type) {
		L := lua.NewState(lua.Options{CallStackSize: 8, RegistrySize: 128, SkipOpenLibs: true, MinimizeStackMemory: grow})
		return stateOf(L).stack.kind, reflect.ValueOf(L).Elem().FieldByName("stack").Elem().Type().Elem()
	}
	var growing, fixed reflect.Type
	kinds.growing, growing = probe(true)
	kinds.fixed, fixed = probe(false)
	return firstError(same(growing, reflect.TypeFor[growingStack]()), same(fixed, reflect.TypeFor[fixedStack]()))
}

// layout is what is wrong with the gopher-lua that was linked; nil when its layout is the one mirrored here.
var layout = sync.OnceValue(func() error {
	L := reflect.TypeFor[lua.LState]()
	err := firstError(
		same(L, reflect.TypeFor[state]()),
		same(pointee(L, "reg"), reflect.TypeFor[registry]()),
		same(pointee(L, "currentFrame"), reflect.TypeFor[frame]()),
		same(reflect.TypeFor[lua.Upvalue](), reflect.TypeFor[upvalue]()),
		same(reflect.TypeFor[lua.LTable](), reflect.TypeFor[table]()),
		same(reflect.TypeFor[lua.Global](), reflect.TypeFor[global]()),
	)
	if err == nil {
		err = probeKinds()
	}
	return err
})

func pointee(t reflect.Type, field string) reflect.Type {
	f, ok := t.FieldByName(field)
	if !ok || f.Type.Kind() != reflect.Pointer {
		return reflect.TypeFor[struct{}]()
	}
	return f.Type.Elem()
}

// same compares names, places and sizes of the fields of two structures.
func same(real, mirror reflect.Type) error {
	if real.Kind() != reflect.Struct || real.NumField() != mirror.NumField() || real.Size() != mirror.Size() {
		return fmt.Errorf("%v has another shape", real)
	}
	for i := range real.NumField() {
		r, m := real.Field(i), mirror.Field(i)
		if !strings.EqualFold(r.Name, m.Name) || r.Offset != m.Offset || r.Type.Size() != m.Type.Size() {
			return fmt.Errorf("%v.%s has moved", real, m.Name)
		}
	}
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
