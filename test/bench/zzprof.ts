import { runNode } from '../engine';
(async()=>{
 const N=Number(process.argv[2]??3000);
 const items=Array.from({length:N},(_,r)=>({json:{ref:`row-${r}`}}));
 for(const taskType of ['']) {
 const t=performance.now();
 const run=await runNode({resource:'evaluation',operation:'submitAndWait',generatedImageUrl:'=https://images.example.com/{{ $json.ref }}.png',taskType:'={{ $itemIndex < '+(N-1)+' ? "a" : "" }}',additionalFields:{clientRef:'={{ $json.ref }}'}},items,{baseUrl:'http://127.0.0.1:9',apiKey:'rf_live_full'});
 console.log(N, run.error?.message, Math.round(performance.now()-t),'ms', ((performance.now()-t)/N).toFixed(3),'ms/item');
 }
})();
