// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

/**
 * The catalogue of providers, as data: one row each. A constant rather than a resource, so that the
 * host look-up is ready at the first HTTP call of the JVM without I/O or a parser library.
 *
 * <p>Columns, divided by {@code |}:
 *
 * <ol>
 *   <li>our name;
 *   <li>hosts ({@link HostPattern}): {@code *} is any number of labels, <code>{x}</code> a part of
 *       one label, {@code :port} that port only, a leading {@code ~} marks a host that serves other
 *       things too, where only the paths we know are handled;
 *   <li>the default base URL, the one that the provider's SDK takes; <code>{x}</code> is what
 *       differs per customer or region;
 *   <li>where the credential goes ({@link AuthStyle}), and for which wire format elsewhere;
 *   <li>variables that usually hold the key, {@code -} for none;
 *   <li>the value of {@code gen_ai.provider.name}: that of the OpenTelemetry conventions where they
 *       have one, else our own in lower snake case;
 *   <li>path prefixes, each with the sets of {@link PathRows} that hold below it, and after {@code
 *       ~} the value of {@code gen_ai.provider.name} there if it differs. The first that knows the
 *       path wins.
 * </ol>
 *
 * <p>Sources: the providers' API documentation and the provider lists of models.dev and Portkey, as
 * of August 2026.
 */
final class ProviderRows {

  private ProviderRows() {}

  static String text() {
    return
"""
openai | api.openai.com *.api.openai.com | https://api.openai.com/v1 | bearer | OPENAI_API_KEY | openai | /v1=openai+responses
azure | *.openai.azure.com *.cognitiveservices.azure.com *.services.ai.azure.com ~*.azure-api.net | https://{resource}.openai.azure.com | api-key ANTHROPIC=x-api-key | AZURE_OPENAI_KEY AZURE_OPENAI_API_KEY AZURE_API_KEY | azure.ai.openai | /openai/deployments/{model}=openai /openai/deployments/{model}/extensions=openai /openai/v1=openai+responses /openai=openai+responses /models=openai~azure.ai.inference /anthropic/v1=anthropic~azure.ai.inference /*/openai/deployments/{model}=openai /*/openai/v1=openai+responses
azure-ai | *.models.ai.azure.com *.inference.ai.azure.com | https://{endpoint}.models.ai.azure.com | bearer | AZURE_AI_API_KEY | azure.ai.inference | /v1=openai /=openai
anthropic | api.anthropic.com | https://api.anthropic.com | x-api-key OPENAI=bearer | ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN | anthropic | /v1=anthropic+openai+anthropiclegacy
anthropic-aws | aws-external-anthropic.{region}.api.aws | https://aws-external-anthropic.{region}.api.aws | x-api-key | ANTHROPIC_AWS_API_KEY | anthropic | /v1=anthropic
gemini | generativelanguage.googleapis.com | https://generativelanguage.googleapis.com | x-goog-api-key OPENAI=bearer | GEMINI_API_KEY GOOGLE_API_KEY | gcp.gemini | /*/openai=openai /upload/*=gemini /*=gemini
vertex | {location}-aiplatform.googleapis.com aiplatform.googleapis.com aiplatform.{location}.rep.googleapis.com | https://{location}-aiplatform.googleapis.com | google-oauth | GOOGLE_APPLICATION_CREDENTIALS | gcp.vertex_ai | /*/projects/*/locations/*=vertex /*/projects/*=vertex /*=vertex
bedrock | bedrock-runtime.{region}.amazonaws.com bedrock-runtime-fips.{region}.amazonaws.com bedrock-runtime.{region}.api.aws bedrock-runtime-fips.{region}.api.aws bedrock-runtime.{region}.amazonaws.com.cn *.bedrock-runtime.{region}.vpce.amazonaws.com bedrock-mantle.{region}.api.aws | https://bedrock-runtime.{region}.amazonaws.com | sigv4 | AWS_BEARER_TOKEN_BEDROCK AWS_ACCESS_KEY_ID | aws.bedrock | /=bedrock /anthropic/v1=anthropic /openai/v1=openai+responses /v1=openai+responses
sagemaker | runtime.sagemaker.{region}.amazonaws.com | https://runtime.sagemaker.{region}.amazonaws.com | signed | AWS_ACCESS_KEY_ID | aws.sagemaker | /=sagemaker
mistral | api.mistral.ai codestral.mistral.ai | https://api.mistral.ai/v1 | bearer | MISTRAL_API_KEY | mistral_ai | /v1=openai+mistral
cohere | api.cohere.com api.cohere.ai | https://api.cohere.com | bearer | COHERE_API_KEY CO_API_KEY | cohere | /compatibility/v1=openai /*=cohere
groq | api.groq.com | https://api.groq.com/openai/v1 | bearer | GROQ_API_KEY | groq | /openai/v1=openai+responses
deepseek | api.deepseek.com | https://api.deepseek.com | bearer ANTHROPIC=x-api-key | DEEPSEEK_API_KEY | deepseek | /=openai /v1=openai /beta=openai /beta/v1=openai /anthropic/v1=anthropic
xai | api.x.ai *.api.x.ai | https://api.x.ai/v1 | bearer | XAI_API_KEY | x_ai | /v1=openai+responses+anthropic
perplexity | api.perplexity.ai | https://api.perplexity.ai | bearer | PERPLEXITY_API_KEY | perplexity | /=openai /v1=openai+responses+perplexity
together | api.together.xyz api.together.ai | https://api.together.xyz/v1 | bearer | TOGETHER_API_KEY | together_ai | /v1=openai
fireworks | api.fireworks.ai | https://api.fireworks.ai/inference/v1 | bearer | FIREWORKS_API_KEY | fireworks_ai | /inference/v1=openai+responses+anthropic
openrouter | openrouter.ai | https://openrouter.ai/api/v1 | bearer | OPENROUTER_API_KEY | openrouter | /api/v1=openai+responses+anthropic
cerebras | api.cerebras.ai | https://api.cerebras.ai/v1 | bearer | CEREBRAS_API_KEY | cerebras | /v1=openai
sambanova | api.sambanova.ai | https://api.sambanova.ai/v1 | bearer | SAMBANOVA_API_KEY | sambanova | /v1=openai
deepinfra | api.deepinfra.com | https://api.deepinfra.com/v1/openai | bearer | DEEPINFRA_API_KEY | deepinfra | /v1/openai=openai /v1=openai
nvidia | integrate.api.nvidia.com | https://integrate.api.nvidia.com/v1 | bearer | NVIDIA_API_KEY | nvidia | /v1=openai
huggingface | router.huggingface.co api-inference.huggingface.co *.endpoints.huggingface.cloud | https://router.huggingface.co/v1 | bearer | HF_TOKEN | hugging_face | /v1=openai+responses /*/v1=openai /*/openai/v1=openai /*/inference/v1=openai /*/v3/openai=openai /*/v1/openai=openai /hf-inference=huggingface /=huggingface
nebius | api.tokenfactory.nebius.com api.studio.nebius.ai api.studio.nebius.com | https://api.tokenfactory.nebius.com/v1 | bearer | NEBIUS_API_KEY | nebius | /v1=openai
novita | api.novita.ai | https://api.novita.ai/openai | bearer | NOVITA_API_KEY | novita | /openai/v1=openai /openai=openai /v3/openai=openai
moonshot | api.moonshot.ai api.moonshot.cn | https://api.moonshot.ai/v1 | bearer | MOONSHOT_API_KEY | moonshot_ai | /v1=openai /anthropic/v1=anthropic
zai | api.z.ai | https://api.z.ai/api/paas/v4 | bearer | ZAI_API_KEY ZHIPU_API_KEY | z_ai | /api/paas/v4=openai /api/coding/paas/v4=openai /api/anthropic/v1=anthropic
zhipu | open.bigmodel.cn | https://open.bigmodel.cn/api/paas/v4 | bearer | ZHIPU_API_KEY | zhipu | /api/paas/v4=openai /api/coding/paas/v4=openai /api/anthropic/v1=anthropic
alibaba | dashscope.aliyuncs.com dashscope-intl.aliyuncs.com dashscope-us.aliyuncs.com | https://dashscope.aliyuncs.com/compatible-mode/v1 | bearer | DASHSCOPE_API_KEY | alibaba_cloud | /compatible-mode/v1=openai+responses /api/v1/services=dashscope
minimax | api.minimax.io api.minimaxi.com | https://api.minimax.io/v1 | bearer | MINIMAX_API_KEY | minimax | /v1=openai /anthropic/v1=anthropic
siliconflow | api.siliconflow.cn api.siliconflow.com | https://api.siliconflow.com/v1 | bearer | SILICONFLOW_API_KEY | siliconflow | /v1=openai
stepfun | api.stepfun.com api.stepfun.ai | https://api.stepfun.com/v1 | bearer | STEPFUN_API_KEY | stepfun | /v1=openai
qianfan | qianfan.baidubce.com | https://qianfan.baidubce.com/v2 | bearer | QIANFAN_API_KEY | baidu_qianfan | /v2=openai
volcengine | ark.{region}.volces.com ark.{region}.bytepluses.com | https://ark.cn-beijing.volces.com/api/v3 | bearer | ARK_API_KEY | volcengine | /api/v3=openai+responses
hunyuan | api.hunyuan.cloud.tencent.com api.lkeap.cloud.tencent.com | https://api.hunyuan.cloud.tencent.com/v1 | bearer | HUNYUAN_API_KEY | tencent_hunyuan | /v1=openai
ai21 | api.ai21.com | https://api.ai21.com/studio/v1 | bearer | AI21_API_KEY | ai21 | /studio/v1=openai
upstage | api.upstage.ai | https://api.upstage.ai/v1 | bearer | UPSTAGE_API_KEY | upstage | /v1=openai /v1/solar=openai
reka | api.reka.ai | https://api.reka.ai/v1 | x-api-key | REKA_API_KEY | reka | /v1=ownchat
inception | api.inceptionlabs.ai | https://api.inceptionlabs.ai/v1 | bearer | INCEPTION_API_KEY | inception | /v1=openai
voyage | api.voyageai.com | https://api.voyageai.com/v1 | bearer | VOYAGE_API_KEY | voyage_ai | /v1=openai
jina | api.jina.ai | https://api.jina.ai/v1 | bearer | JINA_API_KEY | jina_ai | /v1=openai
baseten | inference.baseten.co model-{id}.api.baseten.co | https://inference.baseten.co/v1 | bearer | BASETEN_API_KEY | baseten | /v1=openai /environments/*/sync/v1=openai
friendli | api.friendli.ai | https://api.friendli.ai/serverless/v1 | bearer | FRIENDLI_TOKEN | friendli | /serverless/v1=openai /dedicated/v1=openai
hyperbolic | api.hyperbolic.xyz | https://api.hyperbolic.xyz/v1 | bearer | HYPERBOLIC_API_KEY | hyperbolic | /v1=openai
lambda | api.lambda.ai api.lambdalabs.com | https://api.lambda.ai/v1 | bearer | LAMBDA_API_KEY | lambda | /v1=openai
nscale | inference.api.nscale.com | https://inference.api.nscale.com/v1 | bearer | NSCALE_API_KEY | nscale | /v1=openai
ovhcloud | oai.endpoints.kepler.ai.cloud.ovh.net | https://oai.endpoints.kepler.ai.cloud.ovh.net/v1 | bearer | OVHCLOUD_API_KEY | ovhcloud | /v1=openai
scaleway | api.scaleway.ai | https://api.scaleway.ai/v1 | bearer | SCALEWAY_API_KEY | scaleway | /v1=openai /*/v1=openai
stackit | *.model-serving.eu01.onstackit.cloud | https://api.openai-compat.model-serving.eu01.onstackit.cloud/v1 | bearer | STACKIT_API_KEY | stackit | /v1=openai
ionos | openai.inference.de-txl.ionos.com | https://openai.inference.de-txl.ionos.com/v1 | bearer | IONOS_API_TOKEN | ionos | /v1=openai
github-models | models.github.ai models.inference.ai.azure.com | https://models.github.ai/inference | bearer | GITHUB_TOKEN | github_models | /inference=openai /orgs/*/inference=openai /=openai
github-copilot | api.githubcopilot.com api.{plan}.githubcopilot.com | https://api.githubcopilot.com | bearer | - | github_copilot | /=openai+responses /v1=anthropic
workers-ai | ~api.cloudflare.com | https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1 | bearer | CLOUDFLARE_API_TOKEN | cloudflare | /client/v4/accounts/*/ai/v1=openai+responses /client/v4/accounts/*/ai/run=workersai
cloudflare | gateway.ai.cloudflare.com | https://gateway.ai.cloudflare.com/v1/{account}/{gateway} | cf-aig-authorization | CLOUDFLARE_API_TOKEN | cloudflare | /v1/*/*/openai=openai+responses~openai /v1/*/*/anthropic/v1=anthropic~anthropic /v1/*/*/compat=openai /v1/*/*/google-ai-studio/*=gemini~gcp.gemini /v1/*/*/google-vertex-ai/*/projects/*/locations/*=vertex~gcp.vertex_ai /v1/*/*/azure-openai/*/{model}=openai~azure.ai.openai /v1/*/*/aws-bedrock/bedrock-runtime/*=bedrock~aws.bedrock /v1/*/*/aws-bedrock/*/*=bedrock~aws.bedrock /v1/*/*/workers-ai/v1=openai /v1/*/*/workers-ai=workersai /v1/*/*/groq=openai+responses~groq /v1/*/*/mistral/v1=openai+mistral~mistral_ai /v1/*/*/cohere/*=cohere~cohere /v1/*/*/deepseek=openai~deepseek /v1/*/*/grok/v1=openai+responses+anthropic~x_ai /v1/*/*/openrouter=openai~openrouter /v1/*/*/openrouter/v1=openai~openrouter /v1/*/*/perplexity-ai=openai~perplexity /v1/*/*/cerebras=openai~cerebras /v1/*/*/cerebras-ai=openai~cerebras /v1/*/*/replicate=replicate~replicate /v1/*/*/huggingface=workersai~hugging_face
vercel | ai-gateway.vercel.sh | https://ai-gateway.vercel.sh/v1 | bearer | AI_GATEWAY_API_KEY | vercel | /v1=openai+responses+anthropic
databricks | ~*.cloud.databricks.com ~*.azuredatabricks.net ~*.gcp.databricks.com | https://{workspace}.cloud.databricks.com/serving-endpoints | bearer | DATABRICKS_TOKEN | databricks | /serving-endpoints=databricks+openai+responses /serving-endpoints/anthropic/v1=anthropic /ai-gateway/mlflow/v1=openai /ai-gateway/openai/v1=openai+responses /ai-gateway/anthropic/v1=anthropic
snowflake | ~*.snowflakecomputing.com | https://{account}.snowflakecomputing.com/api/v2/cortex/v1 | bearer | SNOWFLAKE_CORTEX_PAT | snowflake | /api/v2/cortex/v1=openai+anthropic /api/v2/cortex=cortex
watsonx | {region}.ml.cloud.ibm.com | https://{region}.ml.cloud.ibm.com | bearer | WATSONX_APIKEY | ibm.watsonx.ai | /ml/v1/text=watsonx /ml/v1/deployments/{model}/text=watsonx /ml/gateway/v1=openai
oci | inference.generativeai.{region}.oci.oraclecloud.com | https://inference.generativeai.{region}.oci.oraclecloud.com | signed | OCI_CONFIG_FILE | oci | /20231130/actions=oci /20231130/openai/v1=openai+responses /openai/v1=openai+responses
sap | api.ai.*.ml.hana.ondemand.com | https://api.ai.{region}.ml.hana.ondemand.com/v2 | bearer | AICORE_SERVICE_KEY | sap_ai_core | /v2/inference/deployments/{model}=sap /v2/inference/deployments/{model}/v1=openai
replicate | api.replicate.com | https://api.replicate.com/v1 | bearer | REPLICATE_API_TOKEN | replicate | /v1=replicate
writer | api.writer.com | https://api.writer.com/v1 | bearer | WRITER_API_KEY | writer | /v1=openaichat+openai
aleph-alpha | api.aleph-alpha.com | https://api.aleph-alpha.com | bearer | AA_TOKEN | aleph_alpha | /=openai+alephalpha /v1=openai
meta | api.llama.com | https://api.llama.com/compat/v1 | bearer | LLAMA_API_KEY | meta | /compat/v1=openai /v1=openai
venice | api.venice.ai | https://api.venice.ai/api/v1 | bearer | VENICE_API_KEY | venice | /api/v1=openai
wandb | api.inference.wandb.ai | https://api.inference.wandb.ai/v1 | bearer | WANDB_API_KEY | wandb | /v1=openai
digitalocean | inference.do-ai.run | https://inference.do-ai.run/v1 | bearer | DIGITALOCEAN_ACCESS_TOKEN | digitalocean | /v1=openai
vultr | api.vultrinference.com | https://api.vultrinference.com/v1 | bearer | VULTR_API_KEY | vultr | /v1=openai
featherless | api.featherless.ai | https://api.featherless.ai/v1 | bearer | FEATHERLESS_API_KEY | featherless | /v1=openai
chutes | llm.chutes.ai | https://llm.chutes.ai/v1 | bearer | CHUTES_API_KEY | chutes | /v1=openai
nova | api.nova.amazon.com | https://api.nova.amazon.com/v1 | bearer | NOVA_API_KEY | amazon_nova | /v1=openai
requesty | router.requesty.ai | https://router.requesty.ai/v1 | bearer | REQUESTY_API_KEY | requesty | /v1=openai+anthropic
llmgateway | api.llmgateway.io | https://api.llmgateway.io/v1 | bearer | LLM_GATEWAY_API_KEY | llmgateway | /v1=openai+anthropic
helicone | ai-gateway.helicone.ai | https://ai-gateway.helicone.ai/v1 | bearer | HELICONE_API_KEY | helicone | /v1=openai+anthropic
portkey | api.portkey.ai | https://api.portkey.ai/v1 | x-portkey-api-key | PORTKEY_API_KEY | portkey | /v1=openai+responses+anthropic
ollama | localhost:11434 127.0.0.1:11434 [::1]:11434 ollama.com | http://localhost:11434 | bearer | OLLAMA_API_KEY | ollama | /api=ollama /v1=openai+responses+anthropic
""";
  }
}
