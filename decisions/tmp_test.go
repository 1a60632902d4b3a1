package decisions
import ("testing";"os";"stayput/law/packs";"fmt")
func TestTmp(t *testing.T){
 b,err:=packs.Book(); if err!=nil {t.Fatal(err)}
 r:=&Runner{Book:b,Calendars:packs.Calendars()}
 f:=os.Getenv("RES"); if f=="" {f="testdata/research.yaml"}
 data,_:=os.ReadFile(f)
 res,err:=r.Research("research.yaml",data); if err!=nil {t.Fatal(err)}
 for _,x:=range res.Rows { fmt.Printf("%-14s %-40s %s\n   want %s\n   got  %s\n   why  %s\n",x.Verdict,x.Decision,x.What,x.Expected,x.Got,x.Reason)}
 for _,w:=range res.Warnings {fmt.Println("W",w)}
 fmt.Println(Count(res.Rows))
}
