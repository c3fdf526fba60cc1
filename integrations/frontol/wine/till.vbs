' A till with Frontol around the delivered script, in the engine of Windows Script Host: objects as
' Frontol gives them, and what a cashier does. It prints a line of JSON for each thing that is
' asked of it, which wine.test.js compares. Arguments: the script, a file with expressions, a
' client's phone, the address of a server that answers badly, a port at which nobody listens.

Option Explicit

Class Code
  Public code
  Public operation
End Class

Class Ware
  Public code
  Public mark
  Public name
End Class

Class Row
  Public storno
  Public quantity
  Public price
  Public ware
End Class

Class Payment
  Public kind
  Public sum
End Class

' Frontol's lists begin with 1: `index` selects the item whose fields the list then has.
Class Rows
  Public items
  Public index

  Private Sub Class_Initialize
    Set items = CreateObject("Scripting.Dictionary")
    index = 0
  End Sub

  Public Property Get count
    count = items.Count
  End Property

  Public Property Get storno
    storno = items.Item(index).storno
  End Property

  Public Property Get quantity
    quantity = items.Item(index).quantity
  End Property

  Public Property Get price
    price = items.Item(index).price
  End Property

  Public Property Get priceWithDiscs
    priceWithDiscs = items.Item(index).price
  End Property

  Public Property Get totalSum
    totalSum = items.Item(index).price * items.Item(index).quantity
  End Property

  Public Property Get sumWithDiscs
    sumWithDiscs = totalSum
  End Property

  Public Property Get ware
    Set ware = items.Item(index).ware
  End Property

  Public Sub Add(price, quantity, name)
    Dim one
    Set one = New Row
    one.storno = False
    one.price = price
    one.quantity = quantity
    Set one.ware = New Ware
    one.ware.code = "A1"
    one.ware.mark = Null
    one.ware.name = name
    items.Add items.Count + 1, one
  End Sub
End Class

Class Payments
  Public items
  Public index

  Private Sub Class_Initialize
    Set items = CreateObject("Scripting.Dictionary")
    index = 0
  End Sub

  Public Property Get count
    count = items.Count
  End Property

  Public Property Get type
    Set type = items.Item(index).kind
  End Property

  Public Property Get sumInBaseCurrency
    sumInBaseCurrency = items.Item(index).sum
  End Property

  Public Sub Add(code, sum)
    Dim one
    Set one = New Payment
    Set one.kind = New Code
    one.kind.code = code
    one.sum = sum
    items.Add items.Count + 1, one
  End Sub

  Public Sub Take(place)
    Dim i
    For i = place To items.Count - 1
      Set items.Item(i) = items.Item(i + 1)
    Next
    items.Remove items.Count
  End Sub
End Class

Class Cards
  Public index
  Public count
  Public value
End Class

Class Paper
  Public number
  Public type
  Public position
  Public payment
  Public card
  Public baseDocument
  Public userValues

  Public Property Get totalSum
    Dim one
    totalSum = 0
    For Each one In position.items.Items
      totalSum = totalSum + one.price * one.quantity
    Next
  End Property

  Public Property Get sumWithDiscs
    sumWithDiscs = totalSum
  End Property

  Public Sub addPayment(code, sum, card)
    payment.Add code, sum
  End Sub

  Public Sub stornoPayment(place)
    payment.Take place
  End Sub
End Class

Class User
  Public code
  Public name
End Class

Class Frontol
  Public currentDocument
  Public sessionNumber
  Public shopNumber
  Public codeWorkplace
  Public currentUser
  ' "event|before" to the names of its handlers.
  Public listeners

  Public Sub addEventListener(name, handler, isBefore)
    Dim key
    key = name & "|" & LCase(CStr(isBefore))
    If listeners.Exists(key) Then
      listeners.Item(key) = listeners.Item(key) & " " & handler
    Else
      listeners.Add key, handler
    End If
  End Sub
End Class

Class Actions
  Public messages
  Public errors
  Public isCancelled
  ' What the cashier types next.
  Public answers

  Private Sub Class_Initialize
    Set answers = CreateObject("Scripting.Dictionary")
  End Sub

  Public Sub showMessage(text)
    messages = messages & text & vbLf
  End Sub

  Public Sub showError(text)
    errors = errors & text & vbLf
  End Sub

  Public Sub cancel()
    isCancelled = True
  End Sub

  Public Function inputString(prompt, value, most, kind)
    Dim i
    If answers.Count = 0 Then
      inputString = Null
      Exit Function
    End If
    inputString = answers.Item(1)
    For i = 1 To answers.Count - 1
      answers.Item(i) = answers.Item(i + 1)
    Next
    answers.Remove answers.Count
  End Function

  Public Function selectString(title, texts, values)
    selectString = Null
  End Function
End Class

' Goes through a folder for an engine whose Enumerator cannot.
Class Folders
  Public Function names(list)
    Dim file
    For Each file In list
      names = names & file.Name & vbLf
    Next
  End Function
End Class

Dim engine, till, screen, files, number
Set files = CreateObject("Scripting.FileSystemObject")
number = 100

Sub Say(name, value)
  WScript.Echo name & "=" & engine.CodeObject.bonexJson(value)
End Sub

Sub Fire(name, isBefore)
  Dim key, handler
  key = name & "|" & LCase(CStr(isBefore))
  screen.isCancelled = False
  If till.listeners.Exists(key) Then
    For Each handler In Split(till.listeners.Item(key), " ")
      engine.Eval handler & "()"
    Next
  End If
End Sub

Sub Open()
  Dim paper
  number = number + 1
  Set paper = New Paper
  paper.number = number
  Set paper.type = New Code
  paper.type.code = 0
  paper.type.operation = 0
  Set paper.position = New Rows
  Set paper.payment = New Payments
  Set paper.card = New Cards
  paper.card.count = 0
  paper.baseDocument = Null
  Set paper.userValues = engine.Eval("(function () { var kept = {}; return {" & _
    "get: function (name) { return kept[name] === undefined ? null : kept[name]; }," & _
    "set: function (name, value) { kept[name] = value; } }; })()")
  Set till.currentDocument = paper
  Fire "openDocument", False
End Sub

Sub Sell(price, quantity)
  till.currentDocument.position.Add price, quantity, "Tea"
  Fire "addPosition", False
End Sub

Sub Client(phone, bonuses)
  screen.answers.RemoveAll
  screen.answers.Add 1, phone
  If bonuses <> "" Then screen.answers.Add 2, bonuses
  engine.Eval "SearchCardByPhone()"
End Sub

' Closes the check. Returns whether it is printed.
Function Close(prints)
  Fire "closeDocument", True
  Close = Not screen.isCancelled And prints
  If Not Close Then Exit Function
  till.currentDocument = Null
  Fire "closeDocument", False
End Function

Sub Cancel()
  till.currentDocument = Null
  Fire "cancelDocument", False
End Sub

' Starts Frontol.
Sub Start(script)
  Set till = New Frontol
  till.currentDocument = Null
  till.sessionNumber = 7
  till.shopNumber = 1
  till.codeWorkplace = 1
  Set till.currentUser = New User
  till.currentUser.code = 3
  Set till.listeners = CreateObject("Scripting.Dictionary")
  Set screen = New Actions
  Set engine = CreateObject("MSScriptControl.ScriptControl")
  engine.Language = "JScript"
  engine.AllowUI = False
  engine.AddObject "frontol", till, True
  engine.AddObject "actions", screen, True
  engine.AddObject "folders", New Folders, True
  engine.AddCode "var wineHas = { enumerator: true, stream: true };" & _
    "try { new Enumerator(new ActiveXObject('Scripting.FileSystemObject').Drives); } catch (error) {" & _
    "  wineHas.enumerator = false;" & _
    "  Enumerator = function (list) { var names = folders.names(list).split('\n'), at = 0;" & _
    "    this.atEnd = function () { return at >= names.length - 1; };" & _
    "    this.moveNext = function () { at++; };" & _
    "    this.item = function () { return { Name: names[at] }; }; }; }" & _
    "try { new ActiveXObject('ADODB.Stream').Type = 1; } catch (error) { wineHas.stream = false; }"
  engine.AddCode script
  engine.Eval "init()"
End Sub

Function Text(path)
  Dim file
  Set file = files.OpenTextFile(path, 1)
  Text = file.ReadAll
  file.Close
End Function

Dim phone, bad, closed, whole, expression, home
phone = WScript.Arguments.Item(2)
bad = WScript.Arguments.Item(3)
closed = WScript.Arguments.Item(4)
Start Text(WScript.Arguments.Item(0))

Say "engine", engine.Eval("typeof JSON + typeof [].forEach + typeof ''.trim")
Say "has enumerator", engine.Eval("wineHas.enumerator")
Say "has stream", engine.Eval("wineHas.stream")
Say "events", till.listeners.Count
Say "greeting", screen.messages & ""
For Each expression In Split(Text(WScript.Arguments.Item(1)), vbLf)
  If expression <> "" Then WScript.Echo "expression=" & engine.Eval("bonexJson(" & expression & ")")
Next

' Bonuses are confirmed before printing; printed at the second attempt.
Open
Sell 100, 1
Client phone, "20"
Say "paid", engine.CodeObject.bonexPaid(till.currentDocument)
Say "failed", Close(False)
Say "printed", Close(True)

' What only earns, and a quantity that binary numbers cannot say.
Open
Sell 19.99, 0.3
Sell 50.1, 1
Client phone, "0"
Say "earning", Close(True)

' Printed badly and given up: undone.
Open
Sell 100, 1
Client phone, "10"
Say "given up", Close(False)
Cancel

' Over what is allowed, by hand: stopped with the server's words.
Open
Sell 100, 1
Client phone, "0"
till.currentDocument.addPayment 90, 99, Null
Say "over", Close(True)
Say "over says", screen.errors & ""
Say "over left", till.currentDocument.payment.count
Cancel

' Nobody listens: the request has not left, and the sale waits in a file.
whole = engine.Eval("BONEX_API_URL")
engine.Eval "BONEX_API_URL = 'http://127.0.0.1:" & closed & "'"
Open
Sell 30, 1
Say "not left", engine.Eval("HttpGet('/cashier/session', 3000).sent")
engine.Eval "bonexQuietUntil = 0"
Client phone, ""
engine.Eval "bonexQuietUntil = 0"
Say "offline", Close(True)
home = engine.Eval("BONEX_FOLDER")
Say "waiting", files.GetFolder(home & "\queue").Files.Count
engine.Eval "BONEX_API_URL = '" & whole & "'"
engine.Eval "bonexQuietUntil = 0"
Fire "openSession", False
Say "sent later", files.GetFolder(home & "\queue").Files.Count

' Answers of whoever stands before the server.
engine.Eval "BONEX_API_URL = '" & bad & "'"
For Each expression In Array("plain", "mark", "page", "cut", "slow", "silent")
  engine.Eval "bonexQuietUntil = 0"
  WScript.Echo expression & "=" & engine.Eval("(function () { var a = HttpGet('/" & expression & _
    "', 2500); return bonexJson([a.status, a.sent, a.code, a.data, a.retry]); })()")
Next

' The log turns over, and a folder that cannot be made stops nothing.
Say "log", files.FileExists(home & "\bonex.log")
engine.Eval "BONEX_LOG_BYTES = 100"
engine.Eval "bonexLog('next')"
Say "turned over", files.FileExists(home & "\bonex.log.1")
engine.Eval "BONEX_FOLDER = 'Q:\\nowhere\\bonex'"
engine.Eval "bonexQueue('/x', { a: 1 })"
Say "unwritten", engine.Eval("bonexUnwritten.length")
