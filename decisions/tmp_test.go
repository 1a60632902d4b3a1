package decisions
import ("testing";"os";"stayput/examples";"stayput/law/packs";"fmt")
func TestTmp(t *testing.T){
 b,err:=packs.Book(); if err!=nil {t.Fatal(err)}
 r:=&Runner{Book:b,Calendars:packs.Calendars()}
 res,err:=r.Folder(examples.Decisions()); if err!=nil {t.Error(err)}
 for _,x:=range res.Rows { fmt.Printf("%-14s %-40s %s\n   want %s\n   got  %s\n   why  %s\n",x.Verdict,x.Decision,x.What,x.Expected,x.Got,x.Reason)}
 fmt.Println(Count(res.Rows))
 _=os.Args
}
