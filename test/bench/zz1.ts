import { serve } from './serve.ts';
import { startLocalServer } from '../../scripts/local-server.ts';
import http from 'node:http';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
rmSync('/tmp/w/state-kill/bench',{recursive:true,force:true});
const floor=await serve('floor-worker.ts',{objects:{OBJECT:'FloorObject',HUB:'FloorHub'},stateDir:'/tmp/w/state-kill/bench'});
const mode=process.argv[2];const silent=await serve('product-worker.ts',{objects:{CONVERSATION:'Conversation',INBOX:'Inbox',HANDSET:'Handset'},stateDir:'/tmp/w/state-kill/bench',extra:{d1Databases:{DB:'x'},bindings:{ENVIRONMENT:'local',SIMULATOR_SECRET:'s'}}});
import {prepareData} from '../../scripts/prepare-data.ts';await prepareData(await silent.miniflare.getD1Database('DB'),'/tmp/x');
const prod=mode==='silent'?{origin:silent.origin,stop:async()=>{}}:await startLocalServer({port:8874,stateDir:'/tmp/w/state-kill/bench/p'});
const agent=new http.Agent({keepAlive:true,maxSockets:64});
let caller=2062021000;
function post(url:string,json:unknown){return new Promise<number>((res,rej)=>{const b=JSON.stringify(json);const t=performance.now();const r=http.request(url,{method:'POST',agent,headers:{'content-type':'application/json','content-length':b.length}},(x)=>{x.resume();x.on('end',()=>{if(x.statusCode!==200)return rej(new Error(url+x.statusCode));res(performance.now()-t)})});r.on('error',rej);r.end(b)})}
async function round(n:number,conns:number,one:()=>Promise<number>){let left=n;const lat:number[]=[];const t=performance.now();await Promise.all(Array.from({length:conns},async()=>{while(left-->0)lat.push(await one())}));const s=(performance.now()-t)/1000;lat.sort((a,b)=>a-b);return {rate:n/s,p50:lat[n>>1]!,p99:lat[Math.floor(n*.99)]!}}
const A=()=>post(prod.origin+'/hooks/demo/abandoned-call/lakeside-hangup-en',{CALLER_ID_NUMBER:String(caller++)});
const B=()=>post(floor.origin+'/trigger',{caller:String(caller++),body:'x'.repeat(150)});
await round(100,16,A);await round(100,16,B);
const wait=(ms:number)=>new Promise(r=>setTimeout(r,ms));
function cpus(){const out:Record<string,number>={};for(const d of readdirSync('/proc')){if(!/^\d+$/.test(d))continue;try{const st=readFileSync('/proc/'+d+'/stat','utf8');const f=st.slice(st.lastIndexOf(')')+2).split(' ');if(Number(f[1])!==process.pid)continue;const name=st.slice(st.indexOf('(')+1,st.lastIndexOf(')'));out[name+d]=(Number(f[11])+Number(f[12]))*10;out[name+d+'sys']=Number(f[12])*10}catch{}}return out}
let c0=cpus();function cpu(n:number){const c=cpus();const r=Object.entries(c).map(([k,v])=>k+':'+((v-(c0[k]??0))/n).toFixed(2)).join(' ');c0=c;return r}
for(let i=0;i<6;i++){const n=150;cpu(1);const a=await round(n,16,A);console.log(' during',cpu(n));await wait(1500);console.log(' after',cpu(n));const b=await round(n,16,B);await wait(200);console.log(' floor',cpu(n));console.log('prod',a.rate|0,a.p50.toFixed(1),a.p99.toFixed(1),'floor',b.rate|0,b.p50.toFixed(1),b.p99.toFixed(1),'ratio',(a.rate/b.rate).toFixed(2));}
await floor.miniflare.dispose();await silent.miniflare.dispose();await prod.stop();process.exit();
