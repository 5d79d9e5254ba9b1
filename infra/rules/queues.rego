# How a queue, its dead letters and its function hang together. Guard looks at one resource at a time; these look at three.
package netral.queues

import rego.v1

day := 86400

outage := 21600

# An event source may start a function or one of its aliases, whose name it puts together.
started(source) := target if {
	some ref in input.resources[source].outgoingRefs
	startswith(ref.sourcePath, "Properties.FunctionName")
	target := ref.target
}

function_of(id) := resolve(id, "Properties.FunctionName") if input.resources[id].resourceType == "AWS::Lambda::Alias"

function_of(id) := id if input.resources[id].resourceType == "AWS::Lambda::Function"

worker contains {"source": source, "queue": queue, "timeout": timeout, "window": window} if {
	some source in resources_of_type("AWS::Lambda::EventSourceMapping")
	queue := resolve(source, "Properties.EventSourceArn")
	input.resources[queue].resourceType == "AWS::SQS::Queue"
	timeout := object.get(input.resources[function_of(started(source))].properties, "Timeout", 3)
	window := object.get(input.resources[source].properties, "MaximumBatchingWindowInSeconds", 0)
}

visibility(queue) := object.get(input.resources[queue].properties, "VisibilityTimeout", 30)

retention(queue) := object.get(input.resources[queue].properties, "MessageRetentionPeriod", 4 * day)

receives(queue) := object.get(object.get(input.resources[queue].properties, "RedrivePolicy", {}), "maxReceiveCount", 0)

dead_letters(queue) := resolve(queue, "Properties.RedrivePolicy.deadLetterTargetArn")

violation contains v if {
	some w in worker
	needed := (6 * w.timeout) + w.window
	visibility(w.queue) < needed
	v := make_diag("QueuesHideWhatIsWorkedOn", "ERROR", w.queue, sprintf("a message stays hidden for six times its function's timeout and the batching window: %v s or more", [needed]))
}

violation contains v if {
	some w in worker
	receives(w.queue) < 5
	v := make_diag("QueuesTryAgain", "ERROR", w.queue, "a message is tried at least five times before it is parked")
}

violation contains v if {
	some w in worker
	# The first try is at the begin of the outage, and the last one must be after its end.
	visibility(w.queue) * (receives(w.queue) - 1) < outage
	v := make_diag("QueuesSurviveAnOutage", "ERROR", w.queue, "an outage of six hours parks nothing: visibility timeout times receives but one")
}

violation contains v if {
	some w in worker
	retention(w.queue) >= retention(dead_letters(w.queue))
	v := make_diag("DeadLettersOutliveTheirQueue", "ERROR", w.queue, "dead letters are kept longer than their queue keeps messages")
}

violation contains v if {
	some w in worker
	retention(w.queue) + retention(dead_letters(w.queue)) > 7 * day
	v := make_diag("NothingIsInTransitForLong", "ERROR", w.queue, "queue and dead letters together keep a post for seven days at most")
}
