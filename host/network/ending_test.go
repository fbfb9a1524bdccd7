package network

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"
)

func TestEndingTellsAtOnceAndInOrder(t *testing.T) {
	t.Parallel()
	type key struct{}
	var got []string
	note := func(s string) func() { return func() { got = append(got, s) } }
	ctx, cancel := WithCancel(context.WithValue(context.Background(), key{}, "value"))
	OnEnd(ctx, note("first"))
	child, cancelChild := WithCancel(ctx)
	defer cancelChild()
	OnEnd(child, note("of the child"))
	OnEnd(context.WithValue(ctx, key{}, "other"), note("through a value"))
	stop := OnEnd(ctx, note("stopped"))
	OnEnd(ctx, note("last"))
	if !stop() || stop() {
		t.Error("stop doesn't say that it was in time, once")
	}
	cancel()
	cancel()
	OnEnd(ctx, note("after the end"))
	want := []string{"first", "of the child", "through a value", "last", "after the end"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, c := range []context.Context{ctx, child} {
		<-c.Done()
		if !errors.Is(c.Err(), context.Canceled) || c.Value(key{}) != "value" {
			t.Errorf("ended with %v, value %v", c.Err(), c.Value(key{}))
		}
	}
}

// Package context's own children end at once, too.
func TestEndingOfOtherContexts(t *testing.T) {
	t.Parallel()
	ctx, cancel := WithCancel(context.Background())
	child, cancelChild := context.WithCancel(ctx)
	defer cancelChild()
	cancel()
	if child.Err() == nil {
		t.Error("a child of package context didn't end")
	}

	outer, cancelOuter := context.WithCancel(context.Background())
	inner, cancelInner := WithCancel(outer)
	defer cancelInner()
	cancelOuter()
	<-inner.Done()
	if !errors.Is(inner.Err(), context.Canceled) {
		t.Errorf("ended with %v", inner.Err())
	}
	called := make(chan struct{})
	OnEnd(outer, func() { close(called) })
	<-called
}

// late ends when package context, which saw that it hadn't, asks to be told.
type late struct{ *ending }

func (l late) AfterFunc(f func()) func() bool {
	l.end(context.Canceled)
	return l.ending.AfterFunc(f)
}

func TestEndingWhileAChildIsMade(t *testing.T) {
	t.Parallel()
	made := make(chan context.Context)
	go func() {
		child, cancel := context.WithCancel(late{newEnding(context.Background())})
		defer cancel()
		<-child.Done()
		made <- child
	}()
	select {
	case <-made:
	case <-time.After(time.Minute):
		t.Fatal("a child of package context waits for itself")
	}
}

func TestEndingLeavesItsParent(t *testing.T) {
	t.Parallel()
	ctx, cancel := WithCancel(context.Background())
	defer cancel()
	for range 3 {
		_, end := WithCancel(ctx)
		end()
	}
	if e := ctx.(*ending); e.calls.next != e.calls {
		t.Error("children that ended are still known to their parent")
	}
}
