package decisions
import ("testing";"os";"time";"math/rand")
func TestTmp(t *testing.T){
 r:=runner(t)
 data,_:=os.ReadFile("testdata/research.yaml")
 rng:=rand.New(rand.NewSource(7))
 var worst time.Duration
 ok:=0
 for i:=0;i<1500;i++{
  d:=append([]byte(nil),data...)
  for k:=0;k<1+rng.Intn(12);k++{
    p:=rng.Intn(len(d)); 
    switch rng.Intn(3){
    case 0: d[p]="0123456789-"[rng.Intn(11)]
    case 1: if d[p]>='0'&&d[p]<='9' {d[p]='9'}
    case 2: q:=rng.Intn(len(d)-20); copy(d[p:min(p+10,len(d))],d[q:q+10])
    }
  }
  s:=time.Now()
  _,err:=r.Research("x",d)
  if err==nil {ok++}
  if e:=time.Since(s); e>worst {worst=e; os.WriteFile("/tmp/d1/worst.yaml",d,0o644)}
 }
 t.Log(worst,ok)
}
