import { serve } from './serve.ts';
import http from 'node:http';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
rmSync('/tmp/w/state-kill/abl',{recursive:true,force:true});
const floor=await serve('zz-abl-worker.ts',{objects:{O:'O',O2:'O2'},stateDir:'/tmp/w/state-kill/abl'});
const agent=new http.Agent({keepAlive:true,maxSockets:64});
let id=0;
function get(p:string){return new Promise<void>((res,rej)=>{http.get(floor.origin+p,{agent},(x)=>{x.resume();x.on('end',()=>x.statusCode===200?res():rej(new Error(p+x.statusCode)))}).on('error',rej)})}
function cpu(){let u=0,s=0;for(const d of readdirSync('/proc')){if(!/^\d+$/.test(d))continue;try{const st=readFileSync('/proc/'+d+'/stat','utf8');const f=st.slice(st.lastIndexOf(')')+2).split(' ');if(Number(f[1])!==process.pid||!st.includes('workerd'))continue;u+=Number(f[11])*10;s+=Number(f[12])*10}catch{}}return [u,s]}
async function run(n:number,f:()=>Promise<void>){let left=n;const [u0,s0]=cpu();const t=performance.now();await Promise.all(Array.from({length:8},async()=>{while(left-->0)await f()}));const w=performance.now()-t;const [u1,s1]=cpu();return `user ${((u1!-u0!)/n).toFixed(2)} sys ${((s1!-s0!)/n).toFixed(2)} wall ${(w/n).toFixed(2)}`}
await run(100,()=>get('/row?n='+id++));
for(const m of ['nothing','noop','row','kv','tx','txkv','alarm1','txkvalarm','big','big2','row'])console.log(m.padEnd(10),await run(300,()=>get('/'+m+'?n='+id++)));
console.log('known:');
for(const m of ['noop','kvget','kv','row','alarm1','txkvalarm'])console.log(m.padEnd(10),await run(300,()=>get('/'+m+'?n=z'+(id++%8))));
await floor.miniflare.dispose();process.exit();
